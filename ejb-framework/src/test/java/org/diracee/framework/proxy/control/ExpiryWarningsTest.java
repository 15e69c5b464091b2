/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.proxy.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ExpiryWarningsTest {

    private static final Instant END = Instant.parse("2027-01-01T00:00:00Z");

    private final ExpiryWarnings warnings = new ExpiryWarnings(List.of(30, 15));

    private OptionalInt reached(Duration storedBefore, Duration nowBefore) {
        return warnings.reached(END.minus(storedBefore), END, END.minus(nowBefore));
    }

    @Test
    void tellsTheLastDayThatWasReached() {
        Duration year = Duration.ofDays(365);
        assertThat(reached(year, Duration.ofDays(31))).isEmpty();
        assertThat(reached(year, Duration.ofDays(30))).hasValue(30);
        assertThat(reached(year, Duration.ofDays(16))).hasValue(30);
        assertThat(reached(year, Duration.ofDays(15))).hasValue(15);
        assertThat(reached(year, Duration.ofSeconds(1))).hasValue(15);
        assertThat(reached(year, Duration.ZERO)).isEmpty();
    }

    @Test
    void saysNothingOfDaysThatWereOverWhenItWasStored() {
        assertThat(reached(Duration.ofDays(20), Duration.ofDays(19))).isEmpty();
        assertThat(reached(Duration.ofDays(20), Duration.ofDays(3))).hasValue(15);
        assertThat(reached(Duration.ofDays(1), Duration.ofHours(1))).isEmpty();
    }

    @Test
    void withoutDaysNobodyIsWarned() {
        ExpiryWarnings none = new ExpiryWarnings(List.of());
        assertThat(none.longest()).isZero();
        assertThat(none.reached(END.minus(Duration.ofDays(365)), END, END.minusSeconds(1)))
                .isEmpty();
    }
}
