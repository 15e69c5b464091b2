/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.schema.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.diracee.wms.schema.boundary.WmsUnit;

/** Hands the container's entity manager of the unit {@code wms} to the constructors of repositories. */
@ApplicationScoped
public class WmsUnitProducer {

    @Produces
    @WmsUnit
    @PersistenceContext(unitName = "wms")
    EntityManager entities;
}
