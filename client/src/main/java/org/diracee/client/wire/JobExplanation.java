/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.diracee.kernel.value.JobStatus;

/**
 * Why a job is where it is.
 *
 * @param sentence the answer for who reads nothing else
 * @param lastSignOfLife of a job that was started
 * @param leaseUntil when a job that was handed out and not started goes back to its queue
 * @param waiting of a waiting job
 * @param failure of a job that failed or was killed
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record JobExplanation(
        @JsonProperty("JobID") long jobId,
        @JsonProperty("Status") JobStatus status,
        @JsonProperty("MinorStatus") String minorStatus,
        @JsonProperty("ApplicationStatus") String applicationStatus,
        @JsonProperty("Sentence") String sentence,
        @JsonProperty("LastSignOfLife") Optional<Instant> lastSignOfLife,
        @JsonProperty("LeaseUntil") Optional<Instant> leaseUntil,
        @JsonProperty("Pilot") Optional<Pilot> pilot,
        @JsonProperty("Waiting") Optional<Waiting> waiting,
        @JsonProperty("Failure") Optional<Failure> failure) {

    /** The pilot that has the job or had it last. */
    public record Pilot(
            @JsonProperty("PilotStamp") String stamp,
            @JsonProperty("Status") String status,
            @JsonProperty("GridSite") String gridSite,
            @JsonProperty("LastUpdateTime") Instant lastUpdateTime) {}

    /**
     * Why it waits.
     *
     * @param reason the strongest one, as a word
     * @param estimate seconds that it still waits if all goes on as in the last hour; absent if nothing tells
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Waiting(
            @JsonProperty("Reason") String reason,
            @JsonProperty("EstimatedSeconds") Optional<Long> estimate,
            @JsonProperty("Queue") Queue queue,
            @JsonProperty("Resources") ResourceMatches resources) {}

    /**
     * Its task queue.
     *
     * @param ahead jobs of the queue that go before it; 10 000 means that or more
     * @param rivals open queues that fit the resource that would take it, this one among them
     * @param share of the queue's weight in theirs, from 0 to 1
     * @param handedOut jobs of the queue that were handed out in the last hour
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Queue(
            @JsonProperty("TaskQueueID") long id,
            @JsonProperty("Requirements") QueueRequirements requirements,
            @JsonProperty("JobsAhead") int ahead,
            @JsonProperty("Priority") double priority,
            @JsonProperty("Rivals") int rivals,
            @JsonProperty("Share") Optional<Double> share,
            @JsonProperty("HandedOutLastHour") long handedOut) {}

    /**
     * Why it failed.
     *
     * @param cause application, data, site, pilot, limits, middleware, user or unknown
     * @param source where the rule that says so comes from
     */
    public record Failure(
            @JsonProperty("Cause") String cause,
            @JsonProperty("Meaning") String meaning,
            @JsonProperty("Source") String source,
            @JsonProperty("Evidence") List<String> evidence) {}
}
