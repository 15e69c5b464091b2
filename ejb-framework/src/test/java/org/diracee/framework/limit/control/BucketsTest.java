/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.limit.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BucketsTest {

    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final Limit TEN_AT_ONCE = new Limit(2, 10);

    private final Buckets<String> buckets = new Buckets<>(1000);

    @Test
    void givesWhatIsAllowedAtOnceAndThenAsMuchAsFlowsIn() {
        for (int left = 9; left >= 0; left--) {
            Buckets.Taken taken = buckets.take("a", TEN_AT_ONCE, NOON);
            assertThat(taken.allowed()).isTrue();
            assertThat(taken.left()).isEqualTo(left);
        }
        Buckets.Taken refused = buckets.take("a", TEN_AT_ONCE, NOON);
        assertThat(refused.allowed()).isFalse();
        assertThat(refused.delay()).isEqualTo(500_000_000L);
        assertThat(buckets.take("b", TEN_AT_ONCE, NOON).allowed()).isTrue();

        assertThat(buckets.take("a", TEN_AT_ONCE, NOON.plusMillis(500)).allowed())
                .isTrue();
        assertThat(buckets.take("a", TEN_AT_ONCE, NOON.plusMillis(500)).allowed())
                .isFalse();
        assertThat(buckets.take("a", TEN_AT_ONCE, NOON.plusSeconds(60)).left()).isEqualTo(9);
    }

    @Test
    void givesParallelCallersNoMore() {
        AtomicInteger allowed = new AtomicInteger();
        IntStream.range(0, 1000).parallel().forEach(call -> {
            if (buckets.take("a", TEN_AT_ONCE, NOON).allowed()) {
                allowed.incrementAndGet();
            }
        });
        assertThat(allowed).hasValue(10);
    }

    @Test
    void hasNeverMoreThanItsNumber() {
        for (int key = 0; key < 5000; key++) {
            buckets.take("key-" + key, TEN_AT_ONCE, NOON);
        }
        assertThat(buckets.size()).isEqualTo(1000);
        // those without room share one
        assertThat(buckets.take("another", TEN_AT_ONCE, NOON).allowed()).isFalse();

        assertThat(buckets.take("another", TEN_AT_ONCE, NOON.plusSeconds(10)).allowed())
                .isTrue();
        assertThat(buckets.size()).isEqualTo(1);
    }
}
