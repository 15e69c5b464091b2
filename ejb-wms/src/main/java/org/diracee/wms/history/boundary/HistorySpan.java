/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.history.boundary;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The time that a history is asked for.
 *
 * @param to does not belong to it
 * @param step the time between two numbers, whole minutes
 */
public record HistorySpan(Instant from, Instant to, Duration step) {

    /** The most numbers of one series. */
    public static final int MOST_POINTS = 2_000;

    private static final int USUAL_POINTS = 500;
    private static final Duration SHORTEST_STEP = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(3_660);

    /**
     * A time in steps.
     *
     * @param asked the step; empty: as short as makes a usual number of points
     * @throws InvalidSpan if the time is none, or the step makes too many points of it
     */
    public static HistorySpan of(Instant from, Instant to, Optional<Duration> asked) {
        if (!from.isBefore(to)) {
            throw new InvalidSpan("to", "'" + to + "' is not after from, '" + from + "'");
        }
        Duration time = Duration.between(from, to);
        if (time.compareTo(LONGEST) > 0) {
            throw new InvalidSpan("from", "The time may be " + LONGEST.toDays() + " days long at most");
        }
        Duration step = asked.orElseGet(() -> minutes(time.dividedBy(USUAL_POINTS)));
        if (step.compareTo(SHORTEST_STEP) < 0 || !step.equals(minutes(step))) {
            throw new InvalidSpan("step", "is " + step.toSeconds() + " s; it must be a whole number of minutes");
        }
        if (time.compareTo(step.multipliedBy(MOST_POINTS)) > 0) {
            throw new InvalidSpan(
                    "step",
                    "is " + step.toSeconds() + " s, which makes more than " + MOST_POINTS
                            + " points; the shortest here is "
                            + minutes(time.dividedBy(MOST_POINTS)).toSeconds());
        }
        // jobs are counted once a minute, at its beginning
        return new HistorySpan(from.truncatedTo(ChronoUnit.MINUTES), to, step);
    }

    /** The same time or a little more, whole minutes and one at least. */
    private static Duration minutes(Duration time) {
        long seconds = time.toSeconds() + (time.getNano() > 0 ? 1 : 0);
        return Duration.ofMinutes(Math.max(1, (seconds + 59) / 60));
    }
}
