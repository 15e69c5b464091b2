/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import java.time.Duration;

/**
 * How often and after what pauses a call is repeated that may be repeated.
 *
 * @param attempts all tries together, at least 1
 * @param firstPause before the second try; doubled for each further one
 * @param longestPause bound of a pause, also of one that the server asks for
 */
public record RetryPolicy(int attempts, Duration firstPause, Duration longestPause) {

    /** Three repeats within some seconds: rides out a restart of a node behind a balancer, not an outage. */
    public static final RetryPolicy STANDARD = new RetryPolicy(4, Duration.ofMillis(250), Duration.ofSeconds(10));

    public static final RetryPolicy NEVER = new RetryPolicy(1, Duration.ZERO, Duration.ZERO);

    public RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be at least 1, not " + attempts);
        }
    }

    /** Returns the pause after the {@code failed}-th try failed, counted from 1. */
    Duration pause(int failed) {
        Duration pause = firstPause.multipliedBy(1L << Math.min(failed - 1, 20));
        return pause.compareTo(longestPause) < 0 ? pause : longestPause;
    }
}
