/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Outages;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.ProgressBar;
import org.diracee.client.Jobs;
import org.diracee.client.wire.SearchCondition;
import org.diracee.client.wire.Summarize;
import org.diracee.kernel.value.JobStatus;

/** Waits for jobs and tells how they get on. */
final class JobWatch {

    private static final int BATCH = 10_000;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final int CLEARED_WIDTH = 79;

    private final Surroundings surroundings;
    private final Jobs jobs;
    private final Outages outages;

    JobWatch(Surroundings surroundings, Jobs jobs) {
        this.surroundings = surroundings;
        this.jobs = jobs;
        this.outages = new Outages(surroundings);
    }

    /** Returns when all jobs have ended or the time is up. */
    Result await(List<Long> ids, Optional<Duration> longest) throws InterruptedException {
        Instant begin = surroundings.clock().instant();
        Duration interval = SHORTEST;
        String shown = "";
        Result known = new Result(Map.of());
        while (true) {
            Optional<Result> answered = outages.rideOut(() -> count(ids), longest.map(begin::plus));
            if (answered.isEmpty()) {
                surroundings.say("The time is up, and the server does not answer; the jobs go on.");
                return known;
            }
            Result now = answered.get();
            known = now;
            String text = now.text();
            if (!text.equals(shown)) {
                show(now, now.isEnd());
                shown = text;
                interval = SHORTEST;
            } else {
                interval = min(interval.plus(interval.dividedBy(4)), LONGEST);
            }
            if (now.isEnd()) {
                return now;
            }
            Duration left = longest.map(bound -> bound.minus(
                            Duration.between(begin, surroundings.clock().instant())))
                    .orElse(interval);
            if (left.isZero() || left.isNegative()) {
                show(now, true);
                surroundings.say("The time is up; the jobs go on.");
                return now;
            }
            surroundings.pause().of(min(interval, left));
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Where a person looks on, one line is written over and over. */
    private void show(Result now, boolean last) {
        String text = now.text();
        if (!surroundings.liveProgress()) {
            surroundings.say(text);
            return;
        }
        String bar = ProgressBar.bar(now.ended(), now.all());
        String padded = bar + " " + text + " ".repeat(Math.max(0, CLEARED_WIDTH - text.length() - bar.length() - 1));
        surroundings.err().print("\r" + padded + (last ? "\n" : ""));
        surroundings.err().flush();
    }

    private Result count(List<Long> ids) {
        Map<JobStatus, Long> counts = new EnumMap<>(JobStatus.class);
        for (int from = 0; from < ids.size(); from += BATCH) {
            List<Long> batch = ids.subList(from, Math.min(ids.size(), from + BATCH));
            Summarize request = new Summarize(List.of("Status"), List.of(SearchCondition.anyOf("JobID", batch)));
            for (ObjectNode row : jobs.summary(request)) {
                counts.merge(
                        JobStatus.parse(row.path("Status").asText()),
                        row.path("count").asLong(),
                        Long::sum);
            }
        }
        long found = counts.values().stream().mapToLong(Long::longValue).sum();
        if (found < ids.size()) {
            throw CommandFailure.refused((ids.size() - found) + " of the " + JobIds.counted(ids)
                    + " do not exist or are not shown to you: " + JobIds.text(ids));
        }
        return new Result(counts);
    }

    /** How many jobs are in which status. */
    record Result(Map<JobStatus, Long> counts) {

        boolean isEnd() {
            return ended() == all();
        }

        long ended() {
            return counts.entrySet().stream()
                    .filter(entry -> entry.getKey().isFinal() || entry.getKey() == JobStatus.DELETED)
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }

        long all() {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }

        int exitCode() {
            return counts.keySet().stream().allMatch(status -> status == JobStatus.DONE)
                    ? ExitCode.OK
                    : ExitCode.JOBS_FAILED;
        }

        /** The furthest first, as in {@code 3 Done, 2 Running, 19 Waiting}. */
        String text() {
            return counts.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey(
                            Comparator.comparing(JobStatus::level).reversed()))
                    .map(entry -> entry.getValue() + " " + entry.getKey())
                    .collect(Collectors.joining(", "));
        }

        /** The same with words for keys, in the order of the statuses. */
        Map<String, Long> byText() {
            return counts.entrySet().stream()
                    .collect(Collectors.toMap(
                            entry -> entry.getKey().text(),
                            Map.Entry::getValue,
                            Long::sum,
                            java.util.LinkedHashMap::new));
        }
    }
}
