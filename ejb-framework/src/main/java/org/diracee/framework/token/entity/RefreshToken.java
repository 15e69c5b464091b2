/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the server keeps of a refresh token: a log-in makes the first of a family, every use revokes one and makes its
 * successor, up to the end of the session.
 */
@Entity
@Table(name = "refresh_token")
public class RefreshToken {

    @Id
    private UUID jti;

    @Column(nullable = false)
    private UUID family;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    private SessionKind kind;

    @Column(nullable = false)
    private String vo;

    @Column(nullable = false)
    private String subject;

    @Column(nullable = false)
    private String scope;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    private RefreshTokenStatus status;

    @Column(nullable = false)
    private boolean legacy;

    private @Nullable String client;

    @Column(nullable = false)
    private boolean acting;

    @Column(nullable = false)
    private Instant issued;

    @Column(nullable = false)
    private Instant expires;

    @Column(name = "session_ends")
    private @Nullable Instant sessionEnds;

    protected RefreshToken() {} // for JPA

    private RefreshToken(
            UUID jti, UUID family, SessionKind kind, String vo, String subject, Instant issued, Instant expires) {
        this.jti = jti;
        this.family = family;
        this.kind = kind;
        this.vo = vo;
        this.subject = subject;
        this.scope = "";
        this.status = RefreshTokenStatus.CREATED;
        this.issued = issued;
        this.expires = expires;
    }

    /** The first token of a user's session. */
    public static RefreshToken ofUser(
            UUID jti, String vo, String subject, String scope, Instant issued, Instant expires) {
        RefreshToken token = new RefreshToken(jti, jti, SessionKind.USER, vo, subject, issued, expires);
        token.scope = scope;
        return token;
    }

    /** The first token of a user's session that cannot last longer than the certificate by which it began. */
    public static RefreshToken ofCertificate(
            UUID jti, String vo, String subject, String scope, Instant issued, Instant expires, Instant sessionEnds) {
        RefreshToken token = ofUser(jti, vo, subject, scope, issued, expires);
        token.sessionEnds = sessionEnds;
        return token;
    }

    /** The first token of a session in which a registered client acts for the user; it ends with the user's own if that has an end. */
    public static RefreshToken ofActing(
            UUID jti,
            String vo,
            String subject,
            String scope,
            String client,
            Instant issued,
            Instant expires,
            Optional<Instant> sessionEnds) {
        RefreshToken token = ofUser(jti, vo, subject, scope, issued, expires);
        token.sessionEnds = sessionEnds.orElse(null);
        token.client = client;
        token.acting = true;
        return token;
    }

    /** The only token of a user's session that an old server got; it can be used again and again. */
    public static RefreshToken ofLegacyUser(
            UUID jti, String vo, String subject, String scope, Instant issued, Instant expires) {
        RefreshToken token = ofUser(jti, vo, subject, scope, issued, expires);
        token.legacy = true;
        return token;
    }

    /** The first token of a pilot's session. */
    public static RefreshToken ofPilot(UUID jti, String vo, String stamp, Instant issued, Instant expires) {
        return new RefreshToken(jti, jti, SessionKind.PILOT, vo, stamp, issued, expires);
    }

    /** The token that follows this one in its family. */
    public RefreshToken successor(UUID successorJti, Instant at, Instant successorExpires) {
        RefreshToken next = new RefreshToken(successorJti, family, kind, vo, subject, at, successorExpires);
        next.scope = scope;
        next.sessionEnds = sessionEnds;
        next.client = client;
        next.acting = acting;
        return next;
    }

    public UUID jti() {
        return jti;
    }

    /** The id of the first token; it carries when the session began. */
    public UUID family() {
        return family;
    }

    public SessionKind kind() {
        return kind;
    }

    public String vo() {
        return vo;
    }

    /** A user's subject or a pilot's stamp. */
    public String subject() {
        return subject;
    }

    /** The scope in its normal form; empty for a pilot. */
    public String scope() {
        return scope;
    }

    public RefreshTokenStatus status() {
        return status;
    }

    /** Whether an old server got it, so that it is not rotated. */
    public boolean legacy() {
        return legacy;
    }

    /** The registered client whose session it is; empty for the public client that everybody has. */
    public Optional<String> client() {
        return Optional.ofNullable(client);
    }

    /** Whether the client acts for the user. */
    public boolean acting() {
        return acting;
    }

    public Instant issued() {
        return issued;
    }

    public Instant expires() {
        return expires;
    }

    /** When the session ends, however often it is refreshed; empty if only its settings tell. */
    public Optional<Instant> sessionEnds() {
        return Optional.ofNullable(sessionEnds);
    }
}
