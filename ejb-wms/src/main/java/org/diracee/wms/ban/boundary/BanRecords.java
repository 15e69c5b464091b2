/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.ban.boundary;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.wms.ban.entity.BanRepository;

/** Reads the bans that nobody has lifted, in a transaction of its own. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class BanRecords {

    private BanRepository repository;

    protected BanRecords() {} // for the container's proxy

    @Inject
    public BanRecords(BanRepository repository) {
        this.repository = repository;
    }

    @OpenAccess("read by the server itself")
    public List<Ban> all() {
        return repository.unlifted();
    }
}
