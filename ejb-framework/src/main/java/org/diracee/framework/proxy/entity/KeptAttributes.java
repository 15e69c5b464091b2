/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.proxy.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** What a VOMS server said of the person of a stored proxy; obtained anew while deliveries use it, and gone with the proxy. */
@Entity
@Table(name = "kept_attributes")
public class KeptAttributes {

    @Id
    private UUID id;

    @Column(nullable = false)
    private UUID proxy;

    @Column(nullable = false)
    private String fqan;

    @Column(nullable = false, columnDefinition = "text")
    private String sealed;

    @Column(nullable = false)
    private Instant obtained;

    @Column(nullable = false)
    private Instant expires;

    @Column(nullable = false)
    private boolean used;

    protected KeptAttributes() {} // for JPA

    public KeptAttributes(UUID id, UUID proxy, String fqan, String sealed, Instant obtained, Instant expires) {
        this.id = id;
        this.proxy = proxy;
        this.fqan = fqan;
        this.sealed = sealed;
        this.obtained = obtained;
        this.expires = expires;
    }

    public UUID id() {
        return id;
    }

    /** The stored proxy by which the server was asked. */
    public UUID proxy() {
        return proxy;
    }

    /** What the server was asked for. */
    public String fqan() {
        return fqan;
    }

    /** The attribute certificate. */
    public String sealed() {
        return sealed;
    }

    public Instant obtained() {
        return obtained;
    }

    public Instant expires() {
        return expires;
    }

    /** They were of use again, so that they are worth renewing. */
    public void use() {
        used = true;
    }
}
