/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.diracee.kernel.access.Caller;
import org.junit.jupiter.api.Test;

class RecentTokensTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final RecentTokens.Checked CHECKED = new RecentTokens.Checked(
            new Caller.System("test"),
            Optional.empty(),
            Optional.empty(),
            NOW,
            NOW.plusSeconds(1),
            "k",
            new Issuer("i", "a"));

    private final RecentTokens recent = new RecentTokens();

    @Test
    void remembersATokenUntilItExpires() {
        byte[] token = RecentTokens.fingerprint("token");
        recent.add(token, CHECKED);

        assertThat(recent.find(RecentTokens.fingerprint("token"), NOW)).contains(CHECKED);
        assertThat(recent.find(RecentTokens.fingerprint("other"), NOW)).isEmpty();
        assertThat(recent.find(token, NOW.plusSeconds(1))).isEmpty();
    }

    @Test
    void forgetsWhatWasNotUsedForLong() {
        byte[] used = RecentTokens.fingerprint("used");
        byte[] unused = RecentTokens.fingerprint("unused");
        recent.add(used, CHECKED);
        recent.add(unused, CHECKED);

        for (int i = 0; i < 25_000; i++) {
            recent.add(RecentTokens.fingerprint("flood" + i), CHECKED);
            assertThat(recent.find(used, NOW)).isPresent();
        }

        assertThat(recent.find(unused, NOW)).isEmpty();
    }
}
