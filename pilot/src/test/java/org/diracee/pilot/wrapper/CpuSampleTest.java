/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.wrapper;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CpuSampleTest {

    private final CpuSample sample = new CpuSample(Duration.ofSeconds(100));

    private Optional<Double> percent(long elapsed, long cpu) {
        return sample.look(Duration.ofSeconds(elapsed), Duration.ofSeconds(cpu)).map(CpuSample.Used::percent);
    }

    @Test
    void saysNothingBeforeItsTimeHasPassed() {
        for (int elapsed = 1; elapsed <= 100; elapsed++) {
            assertThat(percent(elapsed, 0)).isEmpty();
        }
        assertThat(percent(101, 0)).hasValue(0.0);
    }

    @Test
    void forgetsWhatWasUsedEarlier() {
        for (int elapsed = 0; elapsed <= 100; elapsed += 10) {
            percent(elapsed, elapsed);
        }

        assertThat(percent(110, 100)).hasValue(90.0);
        for (int elapsed = 120; elapsed < 200; elapsed += 10) {
            percent(elapsed, 100);
        }
        assertThat(percent(200, 100)).hasValue(0.0);
    }

    @Test
    void countsSeveralProcessorsTogether() {
        percent(0, 0);
        percent(50, 100);

        assertThat(percent(100, 400)).hasValue(400.0);
    }

    @Test
    void beginsAnewAfterATimeInWhichNobodyLooked() {
        percent(0, 0);
        percent(40, 40);

        assertThat(percent(5000, 40)).isEmpty();
        percent(5050, 60);
        assertThat(percent(5100, 90)).hasValue(50.0);
    }
}
