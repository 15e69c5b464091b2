/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.sealing.boundary;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.diracee.framework.sealing.control.UnusableSealingKey;
import org.diracee.kernel.access.OpenAccess;

/** Keeps a node from starting whose key is missing or is not the one that the installation's secrets are sealed with. */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SealingCheck {

    private SealingRecord record;

    protected SealingCheck() {} // for the container's proxy

    @Inject
    public SealingCheck(SealingRecord record) {
        this.record = record;
    }

    /** @throws UnusableSealingKey if the key is not the installation's */
    @PostConstruct
    @OpenAccess("called by the server itself when it starts")
    public void check() {
        record.check();
    }
}
