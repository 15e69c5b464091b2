/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.explanation.control;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.diracee.kernel.value.JobStatus;
import org.diracee.wms.explanation.boundary.FailureExplanation;
import org.diracee.wms.job.boundary.PushedJobs;

/** Says where a job stands that does not wait in a queue. */
public final class StateRules {

    private StateRules() {}

    /**
     * What a sentence is made of.
     *
     * @param pilot that has the job or had it last
     * @param leaseUntil when a job that was handed out goes back unless it is started
     */
    public record Standing(
            JobStatus status,
            String minorStatus,
            String site,
            Optional<String> pilot,
            Instant lastSignOfLife,
            Optional<Instant> leaseUntil,
            Optional<FailureExplanation> failure) {}

    /** The answer in one sentence. */
    public static String sentence(Standing job, Instant now) {
        String minor = job.minorStatus();
        return switch (job.status()) {
            case SUBMITTING -> "Its submission is not complete: the client has yet to confirm it.";
            case RECEIVED -> "It was accepted and is about to be checked.";
            case CHECKING -> "It is being checked: " + minor + ".";
            case SCOUTING -> "It waits for the jobs that try out its description: " + minor + ".";
            case STAGING -> "Its input files are being brought from tape to disk: " + minor + ".";
            case WAITING -> "It waits for a pilot: " + minor + ".";
            case MATCHED ->
                minor.equals(PushedJobs.WAITS)
                        ? "It waits at " + job.site()
                                + " for a worker node, in the batch queue there, which its pilot took it to."
                        : "It was given to a pilot at " + job.site() + " and is about to start"
                                + job.leaseUntil()
                                        .map(until -> "; if it has not by " + Times.text(until)
                                                + ", it goes back to its queue")
                                        .orElse("")
                                + ".";
            case RESCHEDULED -> "It goes back to its queue: " + minor + ".";
            case RUNNING -> "It runs at " + job.site() + " (" + minor + "); " + signOfLife(job, now) + ".";
            case STALLED ->
                "Nothing is heard of it, though it should run at " + job.site() + "; " + signOfLife(job, now)
                        + ". If that goes on, it fails.";
            case COMPLETING -> "Its program has ended, and its output is being stored: " + minor + ".";
            case COMPLETED -> "Its program has ended, and what is to be done after it is not over: " + minor + ".";
            case DONE -> "It is done: " + minor + ".";
            case FAILED -> "It failed: " + failure(job) + ".";
            case KILLED -> "It does not run any more: " + failure(job) + ".";
            case DELETED -> "It is deleted: " + minor + ".";
        };
    }

    private static String failure(Standing job) {
        return job.failure()
                .map(failure ->
                        failure.meaning() + " (cause: " + failure.cause().text() + ")")
                .orElse(job.minorStatus());
    }

    private static String signOfLife(Standing job, Instant now) {
        Duration ago = Duration.between(job.lastSignOfLife(), now);
        return "its last sign of life came at " + Times.text(job.lastSignOfLife())
                + (ago.isNegative() ? "" : ", " + Times.text(ago) + " ago");
    }
}
