/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A queue as the configuration describes it and the site director finds it.
 *
 * @param problem what keeps the site director from using it, such as a wrong option
 * @param cpuTime how many seconds a pilot may run
 * @param maxTotalJobs the most pilots at a time, waiting or running
 * @param maxRam of one pilot, in MB
 * @param vos who may use it; none: all
 * @param lastRound when the site director last came to the end of a round there, well or not
 * @param freePlaces what the limits left then
 * @param failures rounds that failed in a row
 * @param failed when the last that failed did
 * @param failure and why, for those who may do something about it
 * @param nextTry until about when it is left alone
 * @param lastSubmission when it took a pilot last
 * @param pilots by status; those that have ended only where one site is shown
 * @param doneEmpty done pilots that ran no job
 * @param efficiency percent of the pilots that were not aborted; absent without pilots
 * @param submissions hour by hour, where one computing element is shown
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record QueueRecord(
        String name,
        Optional<String> problem,
        @JsonProperty("cpu_time") Optional<Long> cpuTime,
        @JsonProperty("max_total_jobs") Optional<Integer> maxTotalJobs,
        @JsonProperty("max_waiting_jobs") Optional<Integer> maxWaitingJobs,
        Optional<Integer> processors,
        @JsonProperty("max_ram") Optional<Integer> maxRam,
        Optional<String> platform,
        List<String> tags,
        @JsonProperty("required_tags") List<String> requiredTags,
        List<String> vos,
        @JsonProperty("last_round") Optional<Instant> lastRound,
        @JsonProperty("free_places") Optional<Integer> freePlaces,
        int failures,
        Optional<Instant> failed,
        Optional<String> failure,
        @JsonProperty("next_try") Optional<Instant> nextTry,
        @JsonProperty("last_submission") Optional<Instant> lastSubmission,
        Map<String, Long> pilots,
        @JsonProperty("done_empty") long doneEmpty,
        Optional<Double> efficiency,
        List<SubmissionRecord> submissions) {
    public QueueRecord {
        tags = List.copyOf(tags);
        requiredTags = List.copyOf(requiredTags);
        vos = List.copyOf(vos);
        pilots = Map.copyOf(pilots);
        submissions = List.copyOf(submissions);
    }
}
