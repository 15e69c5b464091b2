/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.diracee.framework.token.control.SigningAlgorithm;
import org.diracee.framework.token.control.TokenKey;
import org.diracee.framework.token.control.TokenType;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.error.Unavailable;
import org.jspecify.annotations.Nullable;

/** The issuer's keys as this node knows them, kept in memory so that checking a token needs no database. */
@ApplicationScoped
public class KeyRing {

    /** How soon a key that another node made is used or forgotten here. */
    private static final Duration RENEWED_AFTER = Duration.ofMinutes(1);

    /** Tokens with invented key ids must not make us ask the database each time. */
    private static final Duration ASKED_AT_MOST_EVERY = Duration.ofSeconds(1);

    /** A key's last expiry is noted ahead in such steps, so that tokens seldom make us write. */
    private static final Duration COVERED_AHEAD = Duration.ofHours(1);

    private final Map<String, Instant> covered = new ConcurrentHashMap<>();
    private SigningKeyStore store;
    private Clock clock;
    private volatile @Nullable Keys known;

    protected KeyRing() {} // for the container's proxy

    @Inject
    public KeyRing(SigningKeyStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * The key that signs a new token, after the database knows that the key must be kept so long.
     *
     * @param expires when the token does
     */
    TokenKey signing(Instant expires) {
        return signing(SigningAlgorithm.ED25519, expires);
    }

    /** The same for tokens of another kind. */
    TokenKey signing(SigningAlgorithm algorithm, Instant expires) {
        TokenKey key = renewedAfter(RENEWED_AFTER).signing(algorithm);
        if (cover(key, expires)) {
            return key;
        }
        // another node has let it go while this one could not read
        TokenKey current = renewedAfter(Duration.ZERO).signing(algorithm);
        if (cover(current, expires)) {
            return current;
        }
        throw new IllegalStateException("The signing key " + current.kid() + " was deleted while it signed");
    }

    /**
     * The public key with this id, if it is ours and for tokens of this kind, which come back to us.
     *
     * @throws Unavailable if it is not known and the database did not answer
     */
    Optional<PublicKey> verifying(TokenType type, String kid) {
        Keys keys = renewedAfter(RENEWED_AFTER);
        if (!keys.byId().containsKey(kid)) {
            keys = renewedAfter(ASKED_AT_MOST_EVERY);
        }
        TokenKey key = keys.byId().get(kid);
        RuntimeException failure = keys.failure();
        if (key == null && failure != null) {
            throw new Unavailable("The keys of tokens cannot be read for now", failure);
        }
        return Optional.ofNullable(key)
                .filter(found -> found.algorithm() == type.checked())
                .map(TokenKey::publicKey);
    }

    private boolean cover(TokenKey key, Instant expires) {
        Instant known = covered.getOrDefault(key.kid(), key.lastExpiry());
        if (!expires.isAfter(known)) {
            return true;
        }
        Instant ahead = expires.plus(COVERED_AHEAD);
        if (!store.cover(key.kid(), ahead)) {
            return false;
        }
        covered.merge(key.kid(), ahead, (one, other) -> one.isAfter(other) ? one : other);
        return true;
    }

    /** The public keys in the JWK format: first those that sign, and of them that of our own tokens. */
    @OpenAccess("public keys are for everybody")
    public List<Map<String, Object>> publicKeys() {
        Keys keys = renewedAfter(RENEWED_AFTER);
        return keys.all().stream()
                .sorted(Comparator.comparing((TokenKey key) -> !key.signing()).thenComparing(TokenKey::algorithm))
                .map(TokenKey::publicJwk)
                .toList();
    }

    private Keys renewedAfter(Duration age) {
        Keys keys = known;
        if (keys != null && clock.instant().isBefore(keys.read().plus(age))) {
            return keys;
        }
        return renewed(age);
    }

    private synchronized Keys renewed(Duration age) {
        Keys keys = known;
        if (keys != null && clock.instant().isBefore(keys.read().plus(age))) {
            return keys;
        }
        try {
            List<TokenKey> loaded = store.load();
            Keys fresh = new Keys(
                    clock.instant(),
                    null,
                    loaded,
                    loaded.stream().collect(Collectors.toMap(TokenKey::kid, Function.identity())));
            covered.keySet().retainAll(fresh.byId().keySet());
            known = fresh;
            return fresh;
        } catch (RuntimeException databaseDown) {
            if (keys == null) {
                throw databaseDown;
            }
            // tokens are checked on while the database is away
            Keys kept = new Keys(clock.instant(), databaseDown, keys.all(), keys.byId());
            known = kept;
            return kept;
        }
    }

    /** The keys as read at one moment, or kept from before if reading them anew failed then. */
    private record Keys(
            Instant read, @Nullable RuntimeException failure, List<TokenKey> all, Map<String, TokenKey> byId) {

        TokenKey signing(SigningAlgorithm algorithm) {
            return all.stream()
                    .filter(key -> key.signing() && key.algorithm() == algorithm)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
