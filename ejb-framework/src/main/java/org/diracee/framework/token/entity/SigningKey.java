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

/** A key pair of the token issuer: it signs until a newer one takes over and verifies as long as it is kept. */
@Entity
@Table(name = "signing_key")
public class SigningKey {

    @Id
    private String kid;

    @Column(nullable = false)
    private String algorithm;

    @Column(name = "private_jwk", nullable = false)
    private String privateJwk;

    @Column(nullable = false)
    private boolean signing;

    @Column(nullable = false)
    private Instant created;

    protected SigningKey() {} // for JPA

    /** A new key that signs from now on. */
    public SigningKey(String kid, String algorithm, String privateJwk, Instant created) {
        this.kid = kid;
        this.algorithm = algorithm;
        this.privateJwk = privateJwk;
        this.signing = true;
        this.created = created;
    }

    public String kid() {
        return kid;
    }

    public String algorithm() {
        return algorithm;
    }

    /** The pair in the JWK format, with its private part. */
    public String privateJwk() {
        return privateJwk;
    }

    public boolean signing() {
        return signing;
    }

    public Instant created() {
        return created;
    }
}
