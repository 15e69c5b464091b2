/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuPowerTest {

    @TempDir
    Path directory;

    private final AtomicInteger measured = new AtomicInteger();

    private OptionalDouble find(Clock clock) {
        CpuPower power = new CpuPower(directory, "alice", clock);
        power.find(() -> 20.0 + measured.incrementAndGet());
        await().until(() -> power.power().isPresent());
        await().until(() ->
                directory.resolve("dirac-pilot-cpu-power-alice").toFile().exists());
        return power.power();
    }

    @Test
    void isMeasuredOnceADay() {
        assertThat(find(Clock.systemUTC())).hasValue(21);
        assertThat(find(Clock.systemUTC())).hasValue(21);
        assertThat(find(Clock.offset(Clock.systemUTC(), Duration.ofHours(25)))).hasValue(22);
    }

    @Test
    void isThatOfARealProcessor() {
        CpuPower power = new CpuPower(directory, "bob", Clock.systemUTC());

        power.find(() -> CpuPower.benchmark(Duration.ofMillis(20), Duration.ofMillis(30)));

        await().atMost(Duration.ofMinutes(1)).until(() -> power.power().isPresent());
        assertThat(power.power().getAsDouble()).isBetween(1.0, 200.0);
    }
}
