/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.limit.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.Test;

class RecentCallersTest {

    private static final VoName LOUD = new VoName("loud");
    private static final VoName QUIET = new VoName("quiet");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final AtomicLong now = new AtomicLong();
    private final RecentCallers recent = new RecentCallers(now::get);

    @Test
    void tellsOfOtherVosUntilTheyHaveBeenSilent() {
        recent.called(LOUD);
        assertThat(recent.anyBut(List.of(LOUD), SECOND)).isFalse();

        recent.called(QUIET);
        now.addAndGet(SECOND.toNanos());
        assertThat(recent.anyBut(List.of(LOUD), SECOND)).isTrue();
        assertThat(recent.anyBut(List.of(LOUD, QUIET), SECOND)).isFalse();

        now.incrementAndGet();
        assertThat(recent.anyBut(List.of(LOUD), SECOND)).isFalse();

        recent.called(QUIET);
        assertThat(recent.anyBut(List.of(LOUD), SECOND)).isTrue();
    }
}
