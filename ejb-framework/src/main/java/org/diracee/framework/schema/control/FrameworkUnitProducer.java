/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.schema.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.diracee.framework.schema.boundary.FrameworkUnit;

/** Hands the container's entity manager of the unit {@code framework} to the constructors of repositories. */
@ApplicationScoped
public class FrameworkUnitProducer {

    @PersistenceContext(unitName = "framework")
    private EntityManager entities;

    @Produces
    @FrameworkUnit
    public EntityManager entities() {
        return entities;
    }
}
