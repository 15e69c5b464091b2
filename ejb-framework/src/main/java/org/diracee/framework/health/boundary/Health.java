/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.health.boundary;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.health.entity.PingRepository;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.error.Unavailable;

/** Tells whether this node can work. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Health {

    private static final String PROBE = "says nothing but yes or no";

    private ConfigurationService configuration;
    private PingRepository database;

    protected Health() {} // for the container's proxy

    @Inject
    public Health(ConfigurationService configuration, PingRepository database) {
        this.configuration = configuration;
        this.database = database;
    }

    /** @throws Unavailable if no configuration was read yet */
    @OpenAccess(PROBE)
    public void requireConfiguration() {
        if (!configuration.loaded()) {
            throw new Unavailable("The configuration is not loaded yet", new IllegalStateException("no snapshot"));
        }
    }

    /** @throws Unavailable if the database does not answer */
    @OpenAccess(PROBE)
    public void requireDatabase() {
        try {
            database.ping();
        } catch (RuntimeException down) {
            throw new Unavailable("The database does not answer", down);
        }
    }
}
