/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.health.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import org.diracee.framework.schema.boundary.FrameworkUnit;

/** Asks the database for a sign of life. */
@ApplicationScoped
public class PingRepository {

    private EntityManager entities;

    protected PingRepository() {} // for the container's proxy

    @Inject
    public PingRepository(@FrameworkUnit EntityManager entities) {
        this.entities = entities;
    }

    public void ping() {
        entities.createNativeQuery("select 1").getSingleResult();
    }
}
