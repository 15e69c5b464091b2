/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.diracee.framework.schema.boundary.FrameworkUnit;

/** The refresh tokens that were issued. */
@ApplicationScoped
public class RefreshTokenRepository {

    private static final int LISTED = 10_000;

    private EntityManager entities;

    protected RefreshTokenRepository() {} // for the container's proxy

    @Inject
    public RefreshTokenRepository(@FrameworkUnit EntityManager entities) {
        this.entities = entities;
    }

    public void add(RefreshToken token) {
        entities.persist(token);
    }

    public Optional<RefreshToken> find(UUID jti) {
        return Optional.ofNullable(entities.find(RefreshToken.class, jti));
    }

    /**
     * Takes the token out of use. Of several transactions that try exactly one succeeds: the others wait for its end and
     * then see the token revoked.
     */
    public boolean revoke(UUID jti) {
        return entities.createQuery(
                                "update RefreshToken t set t.status = :revoked where t.jti = :jti and t.status = :created")
                        .setParameter("revoked", RefreshTokenStatus.REVOKED)
                        .setParameter("created", RefreshTokenStatus.CREATED)
                        .setParameter("jti", jti)
                        .executeUpdate()
                == 1;
    }

    /** Takes every token of the subject out of use; tells how many there were. */
    public int revokeAll(SessionKind kind, String vo, String subject) {
        return entities.createQuery("""
                        update RefreshToken t set t.status = :revoked
                        where t.vo = :vo and t.subject = :subject and t.kind = :kind and t.status = :created""")
                .setParameter("revoked", RefreshTokenStatus.REVOKED)
                .setParameter("created", RefreshTokenStatus.CREATED)
                .setParameter("kind", kind)
                .setParameter("vo", vo)
                .setParameter("subject", subject)
                .executeUpdate();
    }

    /**
     * Takes the token in use of the family out of use; tells how many there were. It asks twice: the first time waits for a use that
     * is under way, and only the second sees the token that this use made.
     */
    public int revokeFamily(UUID family) {
        return revokeKnown(family) + revokeKnown(family);
    }

    private int revokeKnown(UUID family) {
        return entities.createQuery(
                        "update RefreshToken t set t.status = :revoked where t.family = :family and t.status = :created")
                .setParameter("revoked", RefreshTokenStatus.REVOKED)
                .setParameter("created", RefreshTokenStatus.CREATED)
                .setParameter("family", family)
                .executeUpdate();
    }

    /** How many tokens of the registered client can still be used. */
    public long countOfClient(String client, Instant now) {
        return entities.createQuery("""
                        select count(t) from RefreshToken t
                        where t.client = :client and t.status = :created and t.expires > :now""", Long.class)
                .setParameter("client", client)
                .setParameter("created", RefreshTokenStatus.CREATED)
                .setParameter("now", now)
                .getSingleResult();
    }

    /** Takes every token of the registered client out of use; tells how many there were. */
    public int revokeAllOfClient(String client) {
        return entities.createQuery("""
                        update RefreshToken t set t.status = :revoked
                        where t.client = :client and t.status = :created""")
                .setParameter("revoked", RefreshTokenStatus.REVOKED)
                .setParameter("created", RefreshTokenStatus.CREATED)
                .setParameter("client", client)
                .executeUpdate();
    }

    /** Whether the family has a token that nobody has taken out of use. */
    public boolean isUsable(String vo, String subject, UUID family) {
        return !entities.createQuery("""
                        select t.jti from RefreshToken t where t.vo = :vo and t.subject = :subject
                        and t.family = :family and t.status = :created""", UUID.class)
                .setParameter("vo", vo)
                .setParameter("subject", subject)
                .setParameter("family", family)
                .setParameter("created", RefreshTokenStatus.CREATED)
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }

    /** The user's tokens that can still be used, oldest first. */
    public List<RefreshToken> usable(String vo, String subject, Instant now) {
        return entities.createQuery("""
                        select t from RefreshToken t where t.vo = :vo and t.subject = :subject and t.kind = :kind
                        and t.status = :created and t.expires > :now order by t.jti""", RefreshToken.class)
                .setParameter("vo", vo)
                .setParameter("subject", subject)
                .setParameter("kind", SessionKind.USER)
                .setParameter("created", RefreshTokenStatus.CREATED)
                .setParameter("now", now)
                .setMaxResults(LISTED)
                .getResultList();
    }

    /** The tokens of all users of the VO that can still be used, oldest first. */
    public List<RefreshToken> usable(String vo, Instant now) {
        return entities.createQuery("""
                        select t from RefreshToken t where t.vo = :vo and t.kind = :kind
                        and t.status = :created and t.expires > :now order by t.jti""", RefreshToken.class)
                .setParameter("vo", vo)
                .setParameter("kind", SessionKind.USER)
                .setParameter("created", RefreshTokenStatus.CREATED)
                .setParameter("now", now)
                .setMaxResults(LISTED)
                .getResultList();
    }

    /** Deletes at most this many tokens that expired before; tells how many. */
    public int deleteExpiredBefore(Instant before, int limit) {
        return entities.createNativeQuery("""
                        delete from framework.refresh_token where jti in (
                            select jti from framework.refresh_token where expires < :before limit :limit
                            for update skip locked)""")
                .setParameter("before", before)
                .setParameter("limit", limit)
                .executeUpdate();
    }
}
