/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.proxy.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.diracee.framework.schema.boundary.FrameworkUnit;

/** The requests that wait for their chains. */
@ApplicationScoped
public class ProxyRequestRepository {

    private EntityManager entities;

    protected ProxyRequestRepository() {} // for the container's proxy

    @Inject
    public ProxyRequestRepository(@FrameworkUnit EntityManager entities) {
        this.entities = entities;
    }

    public void add(ProxyRequestRecord request) {
        entities.persist(request);
    }

    public Optional<ProxyRequestRecord> find(UUID id) {
        return Optional.ofNullable(entities.find(ProxyRequestRecord.class, id));
    }

    /** Finds and locks it, so that one chain is taken for it. */
    public Optional<ProxyRequestRecord> lock(UUID id) {
        return Optional.ofNullable(entities.find(ProxyRequestRecord.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    public void remove(ProxyRequestRecord request) {
        entities.remove(request);
    }

    /** Makes those that would add a request for the user take turns until their transactions end. */
    public void takeTurns(String vo, String subject) {
        entities.createNativeQuery("select cast(pg_advisory_xact_lock(hashtextextended(:name, 0)) as text)")
                .setParameter("name", "proxy request " + vo + " " + subject)
                .getSingleResult();
    }

    /** How many of the user can still be completed. */
    public long open(String vo, String subject, Instant now) {
        return entities.createQuery(
                        "select count(r) from ProxyRequestRecord r where r.vo = :vo and r.subject = :subject and r.expires > :now",
                        Long.class)
                .setParameter("vo", vo)
                .setParameter("subject", subject)
                .setParameter("now", now)
                .getSingleResult();
    }

    /** Deletes at most this many that expired before; tells how many. */
    public int deleteExpiredBefore(Instant before, int limit) {
        return entities.createNativeQuery("""
                        delete from framework.proxy_request where id in (
                            select id from framework.proxy_request where expires < :before limit :limit
                            for update skip locked)""")
                .setParameter("before", before)
                .setParameter("limit", limit)
                .executeUpdate();
    }
}
