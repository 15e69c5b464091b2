/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.tokenmanager.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.diracee.framework.schema.boundary.FrameworkUnit;
import org.jspecify.annotations.Nullable;

/** Keeps what the providers gave. Every change is one statement that locks the row: nodes may want the same at a time. */
@ApplicationScoped
public class ProviderTokenRepository {

    private static final int LISTED = 10_000;

    private EntityManager entities;

    protected ProviderTokenRepository() {} // for the container's proxy

    @Inject
    public ProviderTokenRepository(@FrameworkUnit EntityManager entities) {
        this.entities = entities;
    }

    public Optional<ProviderToken> find(String vo, String subject) {
        return Optional.ofNullable(entities.find(ProviderToken.class, new ProviderToken.Key(vo, subject)));
    }

    /** Keeps a refresh token in place of whatever was kept; who is using that at this moment finds it gone. */
    public void put(String vo, String subject, String issuer, String scope, String sealed, Instant now) {
        entities.createNativeQuery("""
                        insert into framework.provider_token
                            (vo, subject, issuer, scope, refresh_token, obtained, used)
                        values (:vo, :subject, :issuer, :scope, :sealed, :now, :now)
                        on conflict (vo, subject) do update set issuer = excluded.issuer, scope = excluded.scope,
                            refresh_token = excluded.refresh_token, access_token = null, access_expires = null,
                            obtained = excluded.obtained, used = excluded.used, claim = null, claimed_until = null""")
                .setParameter("vo", vo)
                .setParameter("subject", subject)
                .setParameter("issuer", issuer)
                .setParameter("scope", scope)
                .setParameter("sealed", sealed)
                .setParameter("now", now)
                .executeUpdate();
    }

    /** Takes it to ask the provider with; of several that try at a time one succeeds, until it is done or has taken too long. */
    public boolean claim(String vo, String subject, UUID claim, Instant now, Instant until) {
        return whose(
                                entities.createNativeQuery("""
                                update framework.provider_token set claim = :claim, claimed_until = :until
                                where vo = :vo and subject = :subject and (claim is null or claimed_until < :now)""")
                                        .setParameter("claim", claim)
                                        .setParameter("until", until)
                                        .setParameter("now", now),
                                vo,
                                subject)
                        .executeUpdate()
                == 1;
    }

    /** Keeps what the provider gave; false if it is not the claimant's any more. */
    public boolean renew(
            String vo,
            String subject,
            UUID claim,
            String sealedRefresh,
            @Nullable String sealedAccess,
            @Nullable Instant accessExpires,
            Instant now) {
        return whose(
                                entities.createNativeQuery("""
                                update framework.provider_token set refresh_token = :refresh,
                                    access_token = cast(:access as text),
                                    access_expires = cast(:expires as timestamptz), used = :now, claim = null,
                                    claimed_until = null
                                where vo = :vo and subject = :subject and claim = :claim""")
                                        .setParameter("claim", claim)
                                        .setParameter("refresh", sealedRefresh)
                                        .setParameter("access", sealedAccess)
                                        .setParameter("expires", accessExpires)
                                        .setParameter("now", now),
                                vo,
                                subject)
                        .executeUpdate()
                == 1;
    }

    /** Gives it back unchanged. */
    public void release(String vo, String subject, UUID claim) {
        whose(entities.createNativeQuery("""
                                update framework.provider_token set claim = null, claimed_until = null
                                where vo = :vo and subject = :subject and claim = :claim""").setParameter("claim", claim), vo, subject)
                .executeUpdate();
    }

    /** Deletes it if it is still the claimant's. */
    public boolean deleteClaimed(String vo, String subject, UUID claim) {
        return whose(entities.createNativeQuery("""
                                delete from framework.provider_token
                                where vo = :vo and subject = :subject and claim = :claim""").setParameter("claim", claim), vo, subject)
                        .executeUpdate()
                == 1;
    }

    public boolean delete(String vo, String subject) {
        return whose(
                                entities.createNativeQuery(
                                        "delete from framework.provider_token where vo = :vo and subject = :subject"),
                                vo,
                                subject)
                        .executeUpdate()
                == 1;
    }

    /** All of the VO. */
    public List<ProviderToken> of(String vo) {
        return entities.createQuery(
                        "select t from ProviderToken t where t.vo = :vo order by t.subject", ProviderToken.class)
                .setParameter("vo", vo)
                .setMaxResults(LISTED)
                .getResultList();
    }

    /** Deletes at most this many that were not used since; tells how many. */
    public int deleteUnusedSince(Instant since, int limit) {
        return entities.createNativeQuery("""
                        delete from framework.provider_token where (vo, subject) in (
                            select vo, subject from framework.provider_token where used < :since limit :limit
                            for update skip locked)""")
                .setParameter("since", since)
                .setParameter("limit", limit)
                .executeUpdate();
    }

    private static Query whose(Query query, String vo, String subject) {
        return query.setParameter("vo", vo).setParameter("subject", subject);
    }
}
