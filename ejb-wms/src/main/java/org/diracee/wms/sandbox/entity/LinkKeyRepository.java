/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.diracee.wms.schema.boundary.WmsUnit;

/** The keys that sign links, shared by all nodes. Every method needs a transaction. */
@ApplicationScoped
public class LinkKeyRepository {

    private static final Duration SIGNS_FOR = Duration.ofDays(1);
    private static final Duration KEPT_FOR = Duration.ofDays(2);
    private static final int SECRET_BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private EntityManager entities;

    protected LinkKeyRepository() {} // for the container's proxy

    @Inject
    public LinkKeyRepository(@WmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /** The key to sign with: the newest, or a new one if that is older than a day. */
    public LinkKey current(Instant now) {
        return newest(now).orElseGet(() -> {
            entities.createNativeQuery("select cast(pg_advisory_xact_lock(hashtext('wms.sandbox_link_key')) as text)")
                    .getSingleResult();
            return newest(now).orElseGet(() -> create(now));
        });
    }

    public Optional<LinkKey> find(long id) {
        return keys(entities.createNativeQuery("select id, secret from wms.sandbox_link_key where id = :id")
                .setParameter("id", id)
                .getResultList());
    }

    /** Removes keys that no valid link is signed with any more. */
    public void removeOld(Instant now) {
        entities.createNativeQuery("delete from wms.sandbox_link_key where created < :before")
                .setParameter("before", now.minus(KEPT_FOR))
                .executeUpdate();
    }

    private Optional<LinkKey> newest(Instant now) {
        return keys(entities.createNativeQuery(
                        "select id, secret from wms.sandbox_link_key where created > :after order by id desc limit 1")
                .setParameter("after", now.minus(SIGNS_FOR))
                .getResultList());
    }

    private LinkKey create(Instant now) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return keys(entities.createNativeQuery("""
                                        insert into wms.sandbox_link_key (secret, created) values (:secret, :now)
                                        returning id, secret""")
                        .setParameter("secret", secret)
                        .setParameter("now", now)
                        .getResultList())
                .orElseThrow();
    }

    private static Optional<LinkKey> keys(List<?> rows) {
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> new LinkKey(((Number) row[0]).longValue(), (byte[]) row[1]))
                .findFirst();
    }
}
