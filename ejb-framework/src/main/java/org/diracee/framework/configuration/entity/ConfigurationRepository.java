/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.Optional;
import org.diracee.framework.schema.boundary.FrameworkUnit;

/** The revisions of the configuration document in the database. */
@ApplicationScoped
public class ConfigurationRepository {

    private EntityManager entities;

    protected ConfigurationRepository() {} // for the container's proxy

    @Inject
    public ConfigurationRepository(@FrameworkUnit EntityManager entities) {
        this.entities = entities;
    }

    /** The number of the revision in force; 0 if there is none yet. */
    public long latestRevision() {
        return entities.createQuery("select coalesce(max(r.revision), 0) from ConfigurationRevision r", Long.class)
                .getSingleResult();
    }

    public Optional<ConfigurationRevision> revision(long revision) {
        return Optional.ofNullable(entities.find(ConfigurationRevision.class, revision));
    }

    /** Keeps other transactions from adding a revision until this one ends. */
    public void lockRevisions() {
        entities.createNativeQuery("select cast(pg_advisory_xact_lock(hashtext('dirac.configuration')) as text)")
                .getResultList();
    }

    public void add(ConfigurationRevision revision) {
        entities.persist(revision);
    }
}
