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
import java.util.stream.Stream;
import org.diracee.framework.schema.boundary.FrameworkUnit;

/** What VOMS servers said of the people whose proxies are stored. */
@ApplicationScoped
public class KeptAttributesRepository {

    private static final UUID FIRST = new UUID(0, 0);

    private EntityManager entities;

    protected KeptAttributesRepository() {} // for the container's proxy

    @Inject
    public KeptAttributesRepository(@FrameworkUnit EntityManager entities) {
        this.entities = entities;
    }

    /** Takes the place of what was known; nothing happens if the stored proxy is gone. */
    public void keep(KeptAttributes attributes) {
        entities.createNativeQuery("""
                        insert into framework.kept_attributes (id, proxy, fqan, sealed, obtained, expires)
                        select :id, p.id, :fqan, :sealed, :obtained, :expires
                        from framework.stored_proxy p where p.id = :proxy for key share
                        on conflict (proxy, fqan) do update
                        set sealed = excluded.sealed, obtained = excluded.obtained, expires = excluded.expires, used = false""")
                .setParameter("id", attributes.id())
                .setParameter("proxy", attributes.proxy())
                .setParameter("fqan", attributes.fqan())
                .setParameter("sealed", attributes.sealed())
                .setParameter("obtained", attributes.obtained())
                .setParameter("expires", attributes.expires())
                .executeUpdate();
    }

    /** What is known and not over. */
    public Optional<KeptAttributes> find(UUID proxy, String fqan, Instant now) {
        return entities.createQuery(
                        "select k from KeptAttributes k where k.proxy = :proxy and k.fqan = :fqan and k.expires > :now",
                        KeptAttributes.class)
                .setParameter("proxy", proxy)
                .setParameter("fqan", fqan)
                .setParameter("now", now)
                .getResultStream()
                .findFirst();
    }

    /**
     * Those that were used and have less than half of their time left, each with its stored proxy; the first to end first.
     *
     * @param after the last one that is known already
     */
    public List<DueAttributes> due(Instant now, Optional<DueAttributes> after, int limit) {
        @SuppressWarnings("unchecked")
        Stream<Object[]> rows = entities.createNativeQuery("""
                        select k.id, k.expires, p.vo, p.subject, p.dn, k.fqan from framework.kept_attributes k
                        join framework.stored_proxy p on p.id = k.proxy
                        where k.used and (k.expires, k.id) > (:expires, :id) and k.expires > :now and p.expires > k.expires
                            and k.expires - cast(:now as timestamptz) < (k.expires - k.obtained) / 2
                        order by k.expires, k.id limit :limit""")
                .setParameter("now", now)
                .setParameter("expires", after.map(DueAttributes::expires).orElse(now))
                .setParameter("id", after.map(DueAttributes::id).orElse(FIRST))
                .setParameter("limit", limit)
                .getResultStream();
        return rows.map(row -> new DueAttributes(
                        (UUID) row[0],
                        (Instant) row[1],
                        row[2].toString(),
                        row[3].toString(),
                        row[4].toString(),
                        row[5].toString()))
                .toList();
    }

    /** Deletes at most this many that expired before; tells how many. */
    public int deleteExpiredBefore(Instant before, int limit) {
        return entities.createNativeQuery("""
                        delete from framework.kept_attributes where id in (
                            select id from framework.kept_attributes where expires < :before limit :limit
                            for update skip locked)""")
                .setParameter("before", before)
                .setParameter("limit", limit)
                .executeUpdate();
    }
}
