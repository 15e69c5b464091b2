/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.control;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.TokenSession;
import org.diracee.kernel.value.Sha256;

/**
 * Remembers the tokens checked lately, by their SHA-256, because checking an Ed25519 signature costs more than all else
 * of a small request. Bounded: when the young half is full, the old half is forgotten.
 */
public final class RecentTokens {

    private static final int HALF = 10_000;

    private volatile Map<ByteBuffer, Checked> young = new ConcurrentHashMap<>();
    private volatile Map<ByteBuffer, Checked> old = new ConcurrentHashMap<>();

    public static byte[] fingerprint(String token) {
        return Sha256.of(token);
    }

    /** What was found out of the token, if it was checked lately and has not expired. */
    public Optional<Checked> find(byte[] fingerprint, Instant now) {
        ByteBuffer key = ByteBuffer.wrap(fingerprint);
        Checked checked = young.get(key);
        if (checked == null) {
            checked = old.get(key);
            if (checked != null) {
                put(key, checked);
            }
        }
        return checked == null || !now.isBefore(checked.expires()) ? Optional.empty() : Optional.of(checked);
    }

    public void add(byte[] fingerprint, Checked checked) {
        put(ByteBuffer.wrap(fingerprint), checked);
    }

    private void put(ByteBuffer key, Checked checked) {
        if (young.size() >= HALF) {
            synchronized (this) {
                if (young.size() >= HALF) {
                    old = young;
                    young = new ConcurrentHashMap<>();
                }
            }
        }
        young.put(key, checked);
    }

    /**
     * A good access token.
     *
     * @param client the registered client that it was given to; empty for the public one
     * @param session the session in which it was given; empty if in none
     * @param kid the key that signed it
     * @param issuer whom we took for ourselves then
     */
    public record Checked(
            Caller caller,
            Optional<String> client,
            Optional<TokenSession> session,
            Instant issued,
            Instant expires,
            String kid,
            Issuer issuer) {}
}
