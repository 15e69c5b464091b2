/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key pair of the token issuer. It is published before it signs, so that all nodes know it; signs until a newer one takes over;
 * and verifies until the last token that it signed has expired.
 */
@Entity
@Table(name = "signing_key")
public class SigningKey {

    @Id
    private String kid;

    @Column(nullable = false)
    private String algorithm;

    @Column(name = "private_jwk", nullable = false)
    private String sealedJwk;

    @Column(nullable = false)
    private boolean signing;

    @Column(nullable = false)
    private Instant created;

    private @Nullable Instant activated;
    private @Nullable Instant retired;

    /** Changed by {@link SigningKeyRepository#cover} alone, lest an update of the rest takes it back. */
    @Column(name = "last_expiry", nullable = false, updatable = false)
    private Instant lastExpiry;

    protected SigningKey() {} // for JPA

    /** A new key that is only published. */
    public SigningKey(String kid, String algorithm, String sealedJwk, Instant created) {
        this.kid = kid;
        this.algorithm = algorithm;
        this.sealedJwk = sealedJwk;
        this.signing = false;
        this.created = created;
        this.lastExpiry = Instant.EPOCH;
    }

    public String kid() {
        return kid;
    }

    public String algorithm() {
        return algorithm;
    }

    /** The pair in the JWK format, with its private part, sealed; a key from before keys were sealed is not. */
    public String sealedJwk() {
        return sealedJwk;
    }

    public void seal(String sealed) {
        sealedJwk = sealed;
    }

    /** Signs from now on; the one that did must have retired. */
    public void activate(Instant at) {
        signing = true;
        activated = at;
    }

    /** Signs no more. */
    public void retire(Instant at) {
        signing = false;
        retired = at;
    }

    public boolean signing() {
        return signing;
    }

    /** Whether it has never signed. */
    public boolean waiting() {
        return activated == null;
    }

    public Instant created() {
        return created;
    }

    /** When it began to sign. */
    public Optional<Instant> activated() {
        return Optional.ofNullable(activated);
    }

    /** When another took over. */
    public Optional<Instant> retired() {
        return Optional.ofNullable(retired);
    }

    /** No token that it signed lives longer. */
    public Instant lastExpiry() {
        return lastExpiry;
    }
}
