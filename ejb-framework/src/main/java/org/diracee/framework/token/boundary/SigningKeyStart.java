/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.boundary;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Reads the keys when a node starts, so that a node that cannot open them does not start at all. */
@Singleton
@Startup
@DependsOn("SealingCheck") // which says what is wrong with the key of the secrets, once
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SigningKeyStart {

    private KeyRing keys;

    protected SigningKeyStart() {} // for the container's proxy

    @Inject
    public SigningKeyStart(KeyRing keys) {
        this.keys = keys;
    }

    @PostConstruct
    void load() {
        keys.publicKeys();
    }
}
