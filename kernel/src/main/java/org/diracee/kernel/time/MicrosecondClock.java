/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.time;

import java.time.Clock;
import java.time.Duration;

/** Makes the system's clock: UTC, in microseconds as the database keeps them, so an answer equals its reload. */
public final class MicrosecondClock {

    private static final Duration MICROSECOND = Duration.ofNanos(1_000);

    private MicrosecondClock() {}

    public static Clock utc() {
        return Clock.tick(Clock.systemUTC(), MICROSECOND);
    }
}
