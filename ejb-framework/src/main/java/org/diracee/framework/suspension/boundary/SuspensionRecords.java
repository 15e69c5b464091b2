/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.suspension.boundary;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import org.diracee.framework.suspension.entity.SuspensionRepository;
import org.diracee.kernel.access.OpenAccess;

/** Reads the suspensions in force, in a transaction of its own. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class SuspensionRecords {

    private SuspensionRepository repository;

    protected SuspensionRecords() {} // for the container's proxy

    @Inject
    public SuspensionRecords(SuspensionRepository repository) {
        this.repository = repository;
    }

    @OpenAccess("read by the server itself")
    public List<Suspension> all() {
        return repository.all();
    }
}
