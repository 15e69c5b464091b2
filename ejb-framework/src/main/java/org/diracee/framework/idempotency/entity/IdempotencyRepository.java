/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.idempotency.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.schema.boundary.FrameworkUnit;

/** The stored idempotency keys. */
@ApplicationScoped
public class IdempotencyRepository {

    private EntityManager entities;

    protected IdempotencyRepository() {} // for the container's proxy

    @Inject
    public IdempotencyRepository(@FrameworkUnit EntityManager entities) {
        this.entities = entities;
    }

    /** Takes the key for this transaction; false if another one has it. */
    public boolean tryLock(String caller, String route, String key) {
        return (Boolean) entities.createNativeQuery("select pg_try_advisory_xact_lock(hashtextextended(:key, 0))")
                .setParameter("key", "idempotency\n" + caller + "\n" + route + "\n" + key)
                .getSingleResult();
    }

    /** What is stored under the key, unless it is older than {@code oldest}. */
    public Optional<StoredAnswer> find(String caller, String route, String key, Instant oldest) {
        @SuppressWarnings("unchecked") // a Tuple by the result class asked for
        List<Tuple> rows = entities.createNativeQuery("""
                        select request_hash, ids from framework.idempotency
                        where caller = :caller and route = :route and key = :key and created >= :oldest""", Tuple.class)
                .setParameter("caller", caller)
                .setParameter("route", route)
                .setParameter("key", key)
                .setParameter("oldest", oldest)
                .getResultList();
        return rows.stream()
                .map(row -> new StoredAnswer((byte[]) row.get(0), (String) row.get(1)))
                .findFirst();
    }

    public void put(String caller, String route, String key, byte[] requestHash, String ids, Instant created) {
        entities.createNativeQuery("""
                        insert into framework.idempotency (caller, route, key, request_hash, ids, created)
                        values (:caller, :route, :key, :hash, :ids, :created)
                        on conflict (caller, route, key) do update
                        set request_hash = excluded.request_hash, ids = excluded.ids, created = excluded.created""")
                .setParameter("caller", caller)
                .setParameter("route", route)
                .setParameter("key", key)
                .setParameter("hash", requestHash)
                .setParameter("ids", ids)
                .setParameter("created", created)
                .executeUpdate();
    }

    public int deleteOlderThan(Instant oldest, int limit) {
        return entities.createNativeQuery("""
                        delete from framework.idempotency where ctid in (
                            select ctid from framework.idempotency where created < :oldest limit :limit
                            for update skip locked)""")
                .setParameter("oldest", oldest)
                .setParameter("limit", limit)
                .executeUpdate();
    }

    /** The hash of a request and the ids that it made. */
    public record StoredAnswer(byte[] requestHash, String ids) {}
}
