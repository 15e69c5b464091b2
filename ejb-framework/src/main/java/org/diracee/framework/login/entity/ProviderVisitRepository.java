/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.login.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Optional;
import org.diracee.framework.schema.boundary.FrameworkUnit;

/** People who are at the provider of their VO. */
@ApplicationScoped
public class ProviderVisitRepository {

    private EntityManager entities;

    protected ProviderVisitRepository() {} // for the container's proxy

    @Inject
    public ProviderVisitRepository(@FrameworkUnit EntityManager entities) {
        this.entities = entities;
    }

    public void add(ProviderVisit visit) {
        entities.persist(visit);
    }

    /** Finds and locks it, so that one comes back from it. */
    public Optional<ProviderVisit> lock(String stateHash) {
        return Optional.ofNullable(entities.find(ProviderVisit.class, stateHash, LockModeType.PESSIMISTIC_WRITE));
    }

    public void remove(ProviderVisit visit) {
        entities.remove(visit);
    }

    /** Deletes at most this many that expired before; tells how many. */
    public int deleteExpiredBefore(Instant before, int limit) {
        return entities.createNativeQuery("""
                        delete from framework.provider_visit where state_hash in (
                            select state_hash from framework.provider_visit where expires < :before limit :limit
                            for update skip locked)""")
                .setParameter("before", before)
                .setParameter("limit", limit)
                .executeUpdate();
    }
}
