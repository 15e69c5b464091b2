/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.history.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistorySpanTest {

    private static final Instant FROM = Instant.parse("2026-11-26T00:00:00Z");

    private static Duration step(Duration time, Optional<Duration> asked) {
        return HistorySpan.of(FROM, FROM.plus(time), asked).step();
    }

    @ParameterizedTest
    @CsvSource({"PT1S, PT1M", "PT500M, PT1M", "PT501M, PT2M", "P30D, PT87M"})
    void choosesTheShortestStepThatMakesFiveHundredPointsOrFewer(Duration time, Duration step) {
        assertThat(step(time, Optional.empty())).isEqualTo(step);
    }

    @Test
    void takesAStepOfWholeMinutesThatMakesNotTooManyPoints() {
        assertThat(step(Duration.ofMinutes(2_000), Optional.of(Duration.ofMinutes(1))))
                .isEqualTo(Duration.ofMinutes(1));
        assertThatThrownBy(() -> step(Duration.ofMinutes(2_001), Optional.of(Duration.ofMinutes(1))))
                .isInstanceOf(InvalidSpan.class)
                .hasMessage("step: is 60 s, which makes more than 2000 points; the shortest here is 120");
        assertThatThrownBy(() -> step(Duration.ofHours(1), Optional.of(Duration.ofSeconds(90))))
                .hasMessage("step: is 90 s; it must be a whole number of minutes");
        assertThatThrownBy(() -> step(Duration.ofHours(1), Optional.of(Duration.ofSeconds(0))))
                .hasMessage("step: is 0 s; it must be a whole number of minutes");
    }

    @Test
    void beginsWithAWholeMinute() {
        assertThat(HistorySpan.of(FROM.plusSeconds(61).plusNanos(123_000), FROM.plusSeconds(7_200), Optional.empty())
                        .from())
                .isEqualTo(FROM.plusSeconds(60));
    }

    @Test
    void refusesATimeThatIsNone() {
        assertThatThrownBy(() -> step(Duration.ZERO, Optional.empty()))
                .isInstanceOf(InvalidSpan.class)
                .hasMessage("to: '2026-11-26T00:00:00Z' is not after from, '2026-11-26T00:00:00Z'");
        assertThatThrownBy(() -> step(Duration.ofDays(4_000), Optional.empty()))
                .hasMessage("from: The time may be 3660 days long at most");
    }
}
