/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.control;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait between tries: doubled each time up to a bound, and spread so that a thousand pilots do not come back at once.
 *
 * @param first before the second try
 * @param longest bound of a pause
 */
public record Backoff(Duration first, Duration longest) {

    private static final int MAX_DOUBLINGS = 20;

    /** @param failed how many tries failed, from 1 */
    public Duration pause(int failed) {
        Duration full = first.multipliedBy(1L << Math.min(failed - 1, MAX_DOUBLINGS));
        Duration bounded = full.compareTo(longest) < 0 ? full : longest;
        double spread = 0.75 + ThreadLocalRandom.current().nextDouble() / 4;
        return Duration.ofNanos((long) (bounded.toNanos() * spread));
    }

    /** Waits for as long as {@link #pause} says, or until the thread is interrupted. */
    public void await(int failed) {
        try {
            Thread.sleep(pause(failed).toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
