/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.schema.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.diracee.dms.schema.boundary.DmsUnit;

/** Hands the container's entity manager of the unit {@code dms} to the constructors of repositories. */
@ApplicationScoped
public class DmsUnitProducer {

    @Produces
    @DmsUnit
    @PersistenceContext(unitName = "dms")
    EntityManager entities;
}
