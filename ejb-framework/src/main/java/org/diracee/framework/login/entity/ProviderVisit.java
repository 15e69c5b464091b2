/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.login.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person who was sent to the provider of the VO in the midst of a log-in, and has not come back. Kept of the state and of the
 * browser's key are only hashes; the nonce and PKCE's verifier follow from both together, so that nobody else can go on with it.
 */
@Entity
@Table(name = "provider_visit")
public class ProviderVisit {

    @Id
    @Column(name = "state_hash")
    private String stateHash;

    @Column(name = "browser_hash", nullable = false)
    private String browserHash;

    @Column(nullable = false)
    private String vo;

    @Column(nullable = false)
    private String issuer;

    @Column(name = "user_code")
    private @Nullable String userCode;

    private @Nullable UUID flow;

    @Column(nullable = false)
    private Instant expires;

    protected ProviderVisit() {} // for JPA

    private ProviderVisit(String stateHash, String browserHash, String vo, String issuer, Instant expires) {
        this.stateHash = stateHash;
        this.browserHash = browserHash;
        this.vo = vo;
        this.issuer = issuer;
        this.expires = expires;
    }

    /** A visit in the midst of the device flow with this user code. */
    public static ProviderVisit ofDevice(
            String stateHash, String browserHash, String vo, String issuer, Instant expires, String userCode) {
        ProviderVisit visit = new ProviderVisit(stateHash, browserHash, vo, issuer, expires);
        visit.userCode = userCode;
        return visit;
    }

    /** A visit in the midst of this authorization code flow. */
    public static ProviderVisit ofFlow(
            String stateHash, String browserHash, String vo, String issuer, Instant expires, UUID flow) {
        ProviderVisit visit = new ProviderVisit(stateHash, browserHash, vo, issuer, expires);
        visit.flow = flow;
        return visit;
    }

    public boolean isOfBrowser(String hash) {
        return browserHash.equals(hash);
    }

    public boolean isOver(Instant now) {
        return !now.isBefore(expires);
    }

    public String vo() {
        return vo;
    }

    /** The provider as the configuration named it when the person was sent there. */
    public String issuer() {
        return issuer;
    }

    public Optional<String> userCode() {
        return Optional.ofNullable(userCode);
    }

    public Optional<UUID> flow() {
        return Optional.ofNullable(flow);
    }
}
