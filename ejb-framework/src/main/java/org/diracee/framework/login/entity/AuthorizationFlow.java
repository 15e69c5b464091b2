/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.login.entity;

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
 * A log-in by the authorization code flow: begun by a program in a browser, approved when the person has logged in, which gives a
 * code, and ended when the program exchanges that for tokens.
 *
 * @see "RFC 6749 4.1"
 */
@Entity
@Table(name = "authorization_flow")
public class AuthorizationFlow {

    @Id
    private UUID id;

    @Column(name = "client_id", nullable = false)
    private String clientId;

    @Column(name = "redirect_uri", nullable = false)
    private String redirectUri;

    @Column(nullable = false)
    private String scope;

    @Column(name = "code_challenge", nullable = false)
    private String codeChallenge;

    @Column(name = "client_state", nullable = false)
    private String clientState;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    private AuthorizationFlowStatus status;

    private @Nullable String subject;

    @Column(name = "code_hash")
    private @Nullable String codeHash;

    @Column(nullable = false)
    private Instant expires;

    protected AuthorizationFlow() {} // for JPA

    private AuthorizationFlow(UUID id, String clientId, String redirectUri, String scope, Instant expires) {
        this.id = id;
        this.clientId = clientId;
        this.redirectUri = redirectUri;
        this.scope = scope;
        this.status = AuthorizationFlowStatus.PENDING;
        this.expires = expires;
        this.codeChallenge = "";
        this.clientState = "";
    }

    /**
     * A flow that waits for a person until {@code expires}.
     *
     * @param clientState what the program wants to have back, as it is
     */
    public static AuthorizationFlow begun(
            String clientId,
            String redirectUri,
            String scope,
            String codeChallenge,
            String clientState,
            Instant expires) {
        AuthorizationFlow flow = new AuthorizationFlow(UUID.randomUUID(), clientId, redirectUri, scope, expires);
        flow.codeChallenge = codeChallenge;
        flow.clientState = clientState;
        return flow;
    }

    /** The person has logged in; the code with this hash is good until {@code codeExpires}. */
    public void approve(String person, String hash, Instant codeExpires) {
        if (status != AuthorizationFlowStatus.PENDING) {
            throw new IllegalStateException("a log-in that is " + status + " is approved already");
        }
        status = AuthorizationFlowStatus.APPROVED;
        subject = person;
        codeHash = hash;
        expires = codeExpires;
    }

    /** The program has its tokens. */
    public void finish() {
        if (status != AuthorizationFlowStatus.APPROVED) {
            throw new IllegalStateException("a log-in that is " + status + " cannot be finished");
        }
        status = AuthorizationFlowStatus.DONE;
    }

    public boolean expired(Instant now) {
        return !now.isBefore(expires);
    }

    public UUID id() {
        return id;
    }

    public String clientId() {
        return clientId;
    }

    public String redirectUri() {
        return redirectUri;
    }

    public String scope() {
        return scope;
    }

    public String codeChallenge() {
        return codeChallenge;
    }

    public String clientState() {
        return clientState;
    }

    public AuthorizationFlowStatus status() {
        return status;
    }

    /** Who logged in. */
    public Optional<String> subject() {
        return Optional.ofNullable(subject);
    }
}
