/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.control;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.diracee.wms.job.entity.JobColumn;
import org.diracee.wms.job.entity.JobCondition;

/** What may be asked of the history of jobs. */
public final class HistoryRules {

    /** The most numbers of one series. */
    public static final int MOST_POINTS = 2_000;

    private static final int USUAL_POINTS = 500;
    private static final Duration SHORTEST_STEP = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(3_660);
    private static final String COUNTED = Arrays.stream(JobColumn.values())
            .filter(JobColumn::isCounted)
            .map(JobColumn::diracName)
            .collect(Collectors.joining(", "));

    private HistoryRules() {}

    /**
     * The step of a series, whole minutes.
     *
     * @throws InvalidSearch if the time is none, or the step makes too many points of it
     */
    public static Duration step(Instant from, Instant to, Optional<Duration> asked) {
        if (!from.isBefore(to)) {
            throw new InvalidSearch("to", "'" + to + "' is not after from, '" + from + "'");
        }
        Duration time = Duration.between(from, to);
        if (time.compareTo(LONGEST) > 0) {
            throw new InvalidSearch("from", "The time may be " + LONGEST.toDays() + " days long at most");
        }
        Duration step = asked.orElseGet(() -> minutes(time.dividedBy(USUAL_POINTS)));
        if (step.compareTo(SHORTEST_STEP) < 0 || !step.equals(minutes(step))) {
            throw new InvalidSearch("step", "is " + step.toSeconds() + " s; it must be a whole number of minutes");
        }
        if (time.compareTo(step.multipliedBy(MOST_POINTS)) > 0) {
            throw new InvalidSearch(
                    "step",
                    "is " + step.toSeconds() + " s, which makes more than " + MOST_POINTS
                            + " points; the shortest here is "
                            + minutes(time.dividedBy(MOST_POINTS)).toSeconds());
        }
        return step;
    }

    /** The columns that series are told apart by. */
    public static List<JobColumn> grouping(List<String> names) {
        List<JobColumn> columns = names.isEmpty() ? List.of() : SearchRules.grouping(names);
        for (JobColumn column : columns) {
            if (!column.isCounted()) {
                throw unknown("grouping[" + names.indexOf(column.diracName()) + "]", column.diracName());
            }
        }
        return columns;
    }

    /** @throws InvalidSearch if the history does not know what the condition is about */
    public static void requireCounted(int index, String parameter, JobCondition condition) {
        if (!condition.isCounted()) {
            throw unknown("search[" + index + "].parameter", parameter);
        }
    }

    private static InvalidSearch unknown(String field, String name) {
        return new InvalidSearch(field, "'" + name + "' is not in the history of jobs; known are " + COUNTED);
    }

    /** The same time or a little more, whole minutes and one at least. */
    private static Duration minutes(Duration time) {
        long seconds = time.toSeconds() + (time.getNano() > 0 ? 1 : 0);
        return Duration.ofMinutes(Math.max(1, (seconds + 59) / 60));
    }
}
