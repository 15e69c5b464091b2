/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.tokenmanager.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the provider of a VO gave a member, sealed. It comes with a log-in that asks the provider for it, changes whenever the provider
 * gives another, and goes when the member wants, the provider takes it back, or nobody has used it for long. Read here, changed by
 * {@link ProviderTokenRepository}.
 */
@Entity
@IdClass(ProviderToken.Key.class)
@Table(name = "provider_token")
public class ProviderToken {

    @Id
    private String vo;

    @Id
    private String subject;

    @Column(nullable = false)
    private String issuer;

    @Column(nullable = false)
    private String scope;

    @Column(name = "refresh_token", nullable = false)
    private String refreshToken;

    @Column(name = "access_token")
    private @Nullable String accessToken;

    @Column(name = "access_expires")
    private @Nullable Instant accessExpires;

    @Column(nullable = false)
    private Instant obtained;

    @Column(nullable = false)
    private Instant used;

    private @Nullable UUID claim;

    @Column(name = "claimed_until")
    private @Nullable Instant claimedUntil;

    protected ProviderToken() {} // for JPA

    public String vo() {
        return vo;
    }

    public String subject() {
        return subject;
    }

    /** The provider as the configuration named it then. */
    public String issuer() {
        return issuer;
    }

    /** What it was asked for. */
    public String scope() {
        return scope;
    }

    /** Sealed. */
    public String refreshToken() {
        return refreshToken;
    }

    /** The latest, sealed, if it is good for longer. */
    public Optional<String> accessToken(Instant than) {
        return Optional.ofNullable(accessToken).filter(token -> accessExpires != null && accessExpires.isAfter(than));
    }

    /** When the latest ends. */
    public Instant accessExpires() {
        return accessExpires == null ? Instant.EPOCH : accessExpires;
    }

    public Instant obtained() {
        return obtained;
    }

    public Instant used() {
        return used;
    }

    @Override
    public String toString() {
        return "tokens of " + vo + ":" + subject + " at " + issuer + ", claimed by " + claim + " until " + claimedUntil;
    }

    /** Whose it is. */
    public static class Key implements Serializable {

        private static final long serialVersionUID = 1L;

        private String vo = "";
        private String subject = "";

        public Key() {} // for JPA

        public Key(String vo, String subject) {
            this.vo = vo;
            this.subject = subject;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && vo.equals(key.vo) && subject.equals(key.subject);
        }

        @Override
        public int hashCode() {
            return Objects.hash(vo, subject);
        }
    }
}
