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
import java.util.UUID;
import org.diracee.framework.schema.boundary.FrameworkUnit;

/** Log-ins by the authorization code flow. */
@ApplicationScoped
public class AuthorizationFlowRepository {

    private EntityManager entities;

    protected AuthorizationFlowRepository() {} // for the container's proxy

    @Inject
    public AuthorizationFlowRepository(@FrameworkUnit EntityManager entities) {
        this.entities = entities;
    }

    public void add(AuthorizationFlow flow) {
        entities.persist(flow);
    }

    public void remove(AuthorizationFlow flow) {
        entities.remove(flow);
    }

    public Optional<AuthorizationFlow> find(UUID id) {
        return Optional.ofNullable(entities.find(AuthorizationFlow.class, id));
    }

    /** Finds and locks it, so that it is approved once. */
    public Optional<AuthorizationFlow> lock(UUID id) {
        return Optional.ofNullable(entities.find(AuthorizationFlow.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    /** Finds and locks the one with this code, so that it is exchanged once. */
    public Optional<AuthorizationFlow> lock(String codeHash) {
        return entities.createQuery(
                        "select f from AuthorizationFlow f where f.codeHash = :hash", AuthorizationFlow.class)
                .setParameter("hash", codeHash)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .findFirst();
    }

    /** Deletes at most this many that expired before; tells how many. */
    public int deleteExpiredBefore(Instant before, int limit) {
        return entities.createNativeQuery("""
                        delete from framework.authorization_flow where id in (
                            select id from framework.authorization_flow where expires < :before limit :limit
                            for update skip locked)""")
                .setParameter("before", before)
                .setParameter("limit", limit)
                .executeUpdate();
    }
}
