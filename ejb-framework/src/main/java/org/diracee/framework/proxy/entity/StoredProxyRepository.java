/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.proxy.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.diracee.framework.schema.boundary.FrameworkUnit;

/** The proxies that users entrusted to the server. */
@ApplicationScoped
public class StoredProxyRepository {

    private static final int LISTED = 10_000;

    private EntityManager entities;

    protected StoredProxyRepository() {} // for the container's proxy

    @Inject
    public StoredProxyRepository(@FrameworkUnit EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Stores it unless there is one of the same certificate that ends no earlier, which stays. Of several transactions at the
     * same time the one with the longest proxy prevails: the others wait for its end and compare with it.
     */
    public boolean storeUnlessShorter(StoredProxy proxy) {
        return entities.createNativeQuery("""
                                insert into framework.stored_proxy as known (id, vo, dn, subject, sealed, stored, expires, warned)
                                values (:id, :vo, :dn, :subject, :sealed, :stored, :expires, 0)
                                on conflict (vo, dn) do update
                                set subject = excluded.subject, sealed = excluded.sealed, stored = excluded.stored,
                                    expires = excluded.expires, warned = 0
                                where known.expires < excluded.expires or known.subject <> excluded.subject""")
                        .setParameter("id", proxy.id())
                        .setParameter("vo", proxy.vo())
                        .setParameter("dn", proxy.dn())
                        .setParameter("subject", proxy.subject())
                        .setParameter("sealed", proxy.sealed())
                        .setParameter("stored", proxy.stored())
                        .setParameter("expires", proxy.expires())
                        .executeUpdate()
                == 1;
    }

    public Optional<StoredProxy> find(UUID id) {
        return Optional.ofNullable(entities.find(StoredProxy.class, id));
    }

    /** The user's proxies that are not over, the longest first. */
    public List<StoredProxy> usable(String vo, String subject, Instant now) {
        return entities.createQuery("""
                        select p from StoredProxy p where p.vo = :vo and p.subject = :subject and p.expires > :now
                        order by p.expires desc, p.dn""", StoredProxy.class)
                .setParameter("vo", vo)
                .setParameter("subject", subject)
                .setParameter("now", now)
                .setMaxResults(LISTED)
                .getResultList();
    }

    /** The proxies of all users of the VO that are not over. */
    public List<StoredProxy> usable(String vo, Instant now) {
        return entities.createQuery(
                        "select p from StoredProxy p where p.vo = :vo and p.expires > :now order by p.dn",
                        StoredProxy.class)
                .setParameter("vo", vo)
                .setParameter("now", now)
                .setMaxResults(LISTED)
                .getResultList();
    }

    /** The proxies that end between these times, the first to end first. */
    public List<StoredProxy> ending(Instant from, Instant to) {
        return entities.createQuery(
                        "select p from StoredProxy p where p.expires > :from and p.expires <= :to order by p.expires",
                        StoredProxy.class)
                .setParameter("from", from)
                .setParameter("to", to)
                .setMaxResults(LISTED)
                .getResultList();
    }

    /** Deletes the proxy; false if it is gone already. */
    public boolean delete(UUID id) {
        return entities.createQuery("delete from StoredProxy p where p.id = :id")
                        .setParameter("id", id)
                        .executeUpdate()
                == 1;
    }

    /** Deletes at most this many that expired before; tells how many. */
    public int deleteExpiredBefore(Instant before, int limit) {
        return entities.createNativeQuery("""
                        delete from framework.stored_proxy where id in (
                            select id from framework.stored_proxy where expires < :before limit :limit
                            for update skip locked)""")
                .setParameter("before", before)
                .setParameter("limit", limit)
                .executeUpdate();
    }
}
