/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.diracee.kernel.access.Caller;
import org.junit.jupiter.api.Test;

class RecentTokensTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Caller CALLER = new Caller.System("test");

    private final RecentTokens recent = new RecentTokens();

    @Test
    void remembersATokenUntilItExpires() {
        byte[] token = RecentTokens.fingerprint("token");
        recent.add(token, CALLER, NOW.plusSeconds(1));

        assertThat(recent.find(RecentTokens.fingerprint("token"), NOW)).contains(CALLER);
        assertThat(recent.find(RecentTokens.fingerprint("other"), NOW)).isEmpty();
        assertThat(recent.find(token, NOW.plusSeconds(1))).isEmpty();
    }

    @Test
    void forgetsWhatWasNotUsedForLong() {
        byte[] used = RecentTokens.fingerprint("used");
        byte[] unused = RecentTokens.fingerprint("unused");
        recent.add(used, CALLER, NOW.plusSeconds(1));
        recent.add(unused, CALLER, NOW.plusSeconds(1));

        for (int i = 0; i < 25_000; i++) {
            recent.add(RecentTokens.fingerprint("flood" + i), CALLER, NOW.plusSeconds(1));
            assertThat(recent.find(used, NOW)).isPresent();
        }

        assertThat(recent.find(unused, NOW)).isEmpty();
    }
}
