/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.sealing.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import org.diracee.framework.schema.boundary.FrameworkUnit;

/** Keeps the one text by which a node finds out whether it has the installation's key. */
@ApplicationScoped
public class SealingProbeRepository {

    private EntityManager entities;

    protected SealingProbeRepository() {} // for the container's proxy

    @Inject
    public SealingProbeRepository(@FrameworkUnit EntityManager entities) {
        this.entities = entities;
    }

    /** Of nodes that start together one succeeds; the others wait for it. */
    public void addUnlessPresent(String sealed) {
        entities.createNativeQuery("""
                        insert into framework.sealing_probe (sealed) values (:sealed) on conflict do nothing""").setParameter("sealed", sealed).executeUpdate();
    }

    public String present() {
        return (String) entities.createNativeQuery("select sealed from framework.sealing_probe", String.class)
                .getSingleResult();
    }
}
