/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.slot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeLeftTest {

    @ParameterizedTest
    @CsvSource({"1000,,950", "100000,,99700", "1000,300,700", "400,300,200"})
    void keepsAMarginOfAtMostHalf(long slot, @Nullable Long margin, long left) {
        TimeLeft time = new TimeLeft(
                Duration.ofSeconds(slot), Optional.ofNullable(margin).map(Duration::ofSeconds), () -> 0);

        assertThat(time.forPayload()).isEqualTo(Duration.ofSeconds(left));
    }
}
