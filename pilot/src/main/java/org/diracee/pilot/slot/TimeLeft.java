/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.slot;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How much of the slot's time is left. The clock runs from the pilot's start; a margin is kept for bringing home what a job has
 * made before the batch system takes the slot away.
 */
public final class TimeLeft {

    private static final Duration LONGEST_MARGIN = Duration.ofMinutes(5);
    private static final int MARGIN_PART = 20;

    private final Duration slot;
    private final Duration margin;
    private final LongSupplier nanoTime;
    private final long begin;

    /**
     * @param slot the slot's whole time
     * @param margin that no payload may use, at most half of the slot's time; a twentieth, at most five minutes, if absent
     * @param nanoTime a clock that only goes forward
     */
    public TimeLeft(Duration slot, Optional<Duration> margin, LongSupplier nanoTime) {
        this.slot = slot;
        Duration part = slot.dividedBy(MARGIN_PART);
        this.margin = less(margin.orElse(less(part, LONGEST_MARGIN)), slot.dividedBy(2));
        this.nanoTime = nanoTime;
        this.begin = nanoTime.getAsLong();
    }

    private static Duration less(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Returns the time that a payload may still use; never negative. */
    public Duration forPayload() {
        Duration left = slot.minus(elapsed()).minus(margin);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /**
     * Returns the CPU time to offer to a job, which is the whole slot's as long as the pilot is new: a queue that is as long as a
     * job wants would else never get it.
     */
    public Duration toOffer() {
        Duration left = slot.minus(elapsed());
        return left.isNegative() ? Duration.ZERO : left;
    }

    public Duration elapsed() {
        return Duration.ofNanos(nanoTime.getAsLong() - begin);
    }
}
