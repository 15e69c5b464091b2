/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.certificate.control;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.diracee.framework.certificate.boundary.VerifiedChain;

/**
 * Remembers the chains verified lately: a client's connection sends the same one with every request. Bounded; only good ones are
 * remembered, so that a new CA counts at once.
 */
public final class RecentChains {

    /** Together with the time between two looks at a file less than the minute within which a revocation has to count. */
    static final Duration REMEMBERED = Duration.ofSeconds(20);

    private static final int MOST = 10_000;

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    public Optional<VerifiedChain> find(String fingerprint, Instant now) {
        Entry entry = entries.get(fingerprint);
        return entry == null || !now.isBefore(entry.until()) ? Optional.empty() : Optional.of(entry.chain());
    }

    public void add(String fingerprint, VerifiedChain chain, Instant now) {
        if (entries.size() >= MOST) {
            entries.clear(); // they are verified again, once
        }
        Instant until = now.plus(REMEMBERED);
        entries.put(fingerprint, new Entry(chain, until.isBefore(chain.expires()) ? until : chain.expires()));
    }

    private record Entry(VerifiedChain chain, Instant until) {}
}
