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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.diracee.framework.token.control.TokenKey;
import org.diracee.kernel.access.OpenAccess;
import org.jspecify.annotations.Nullable;

/** The issuer's keys as this node knows them, kept in memory so that checking a token needs no database. */
@ApplicationScoped
public class KeyRing {

    /** How soon a key that another node made is used or forgotten here. */
    private static final Duration RENEWED_AFTER = Duration.ofMinutes(1);

    /** Tokens with invented key ids must not make us ask the database each time. */
    private static final Duration ASKED_AT_MOST_EVERY = Duration.ofSeconds(1);

    private SigningKeyStore store;
    private Clock clock;
    private volatile @Nullable Keys known;

    protected KeyRing() {} // for the container's proxy

    @Inject
    public KeyRing(SigningKeyStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** The key that signs new tokens. */
    TokenKey signing() {
        return renewedAfter(RENEWED_AFTER).signing();
    }

    /** The public key with this id, if it is ours. */
    Optional<PublicKey> verifying(String kid) {
        Keys keys = renewedAfter(RENEWED_AFTER);
        if (!keys.byId().containsKey(kid)) {
            keys = renewedAfter(ASKED_AT_MOST_EVERY);
        }
        return Optional.ofNullable(keys.byId().get(kid)).map(TokenKey::publicKey);
    }

    /** The public keys in the JWK format: first the one that signs. */
    @OpenAccess("public keys are for everybody")
    public List<Map<String, Object>> publicKeys() {
        Keys keys = renewedAfter(RENEWED_AFTER);
        return keys.all().stream()
                .sorted((one, other) -> Boolean.compare(other.signing(), one.signing()))
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
                    loaded,
                    loaded.stream().collect(Collectors.toMap(TokenKey::kid, Function.identity())),
                    loaded.stream().filter(TokenKey::signing).findFirst().orElseThrow());
            known = fresh;
            return fresh;
        } catch (RuntimeException databaseDown) {
            if (keys == null) {
                throw databaseDown;
            }
            // tokens are checked on while the database is away
            Keys kept = new Keys(clock.instant(), keys.all(), keys.byId(), keys.signing());
            known = kept;
            return kept;
        }
    }

    /** The keys as read at one moment. */
    private record Keys(Instant read, List<TokenKey> all, Map<String, TokenKey> byId, TokenKey signing) {}
}
