/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.value;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Status of a job, and the one table of the moves that are allowed between them.
 *
 * <p>The order of the constants is the order of the level. Remaining in the present status is always allowed.
 *
 * @see "WMS reference 2.1"
 */
public enum JobStatus {
    /** First phase of a bulk submission that its client has yet to confirm. */
    SUBMITTING("Submitting", 0),
    RECEIVED("Received", 1),
    CHECKING("Checking", 2),
    SCOUTING("Scouting", 3),
    STAGING("Staging", 4),
    WAITING("Waiting", 5),
    MATCHED("Matched", 6),
    /** Passed through on the way back to Waiting; no job rests here. */
    RESCHEDULED("Rescheduled", 7),
    RUNNING("Running", 8),
    STALLED("Stalled", 9),
    COMPLETING("Completing", 10),
    COMPLETED("Completed", 11),
    DONE("Done", 12),
    FAILED("Failed", 13),
    KILLED("Killed", 14),
    DELETED("Deleted", 15);

    private final String text;
    private final int level;

    JobStatus(String text, int level) {
        this.text = text;
        this.level = level;
    }

    /** The word that clients and stored records use. */
    public String text() {
        return text;
    }

    /** Orders the statuses for display. */
    public int level() {
        return level;
    }

    /** The other statuses that this one may go to. */
    public Set<JobStatus> next() {
        return switch (this) {
            case SUBMITTING -> Set.of(RECEIVED, CHECKING, DELETED, KILLED);
            case RECEIVED -> Set.of(SCOUTING, CHECKING, WAITING, FAILED, DELETED, KILLED);
            case CHECKING -> Set.of(SCOUTING, STAGING, WAITING, RESCHEDULED, FAILED, DELETED, KILLED);
            case SCOUTING -> Set.of(CHECKING, FAILED, STALLED, KILLED);
            case STAGING -> Set.of(CHECKING, WAITING, FAILED, KILLED);
            case WAITING -> Set.of(MATCHED, RESCHEDULED, DELETED, KILLED);
            case MATCHED -> Set.of(RUNNING, FAILED, RESCHEDULED, KILLED);
            case RESCHEDULED -> Set.of(WAITING, RECEIVED, DELETED, FAILED, KILLED);
            case RUNNING -> Set.of(STALLED, DONE, FAILED, RESCHEDULED, COMPLETING, KILLED, RECEIVED);
            case STALLED -> Set.of(RUNNING, FAILED, KILLED);
            case COMPLETING -> Set.of(DONE, FAILED, COMPLETED, STALLED, KILLED);
            case COMPLETED -> Set.of(DONE, FAILED);
            case DONE, KILLED -> Set.of(DELETED);
            case FAILED -> Set.of(RESCHEDULED, DELETED);
            case DELETED -> Set.of();
        };
    }

    /** Whether a job in this status may become {@code candidate}. */
    public boolean allows(JobStatus candidate) {
        return candidate == this || next().contains(candidate);
    }

    /** Whether a job in this status can be killed. */
    public boolean isKillable() {
        return next().contains(KILLED);
    }

    /** Whether a job in this status can be deleted; a running job must be killed before. */
    public boolean isDeletable() {
        return next().contains(DELETED);
    }

    /** Whether the user need not wait any longer: Done, Completed, Failed or Killed. */
    public boolean isFinal() {
        return this == DONE || this == COMPLETED || this == FAILED || this == KILLED;
    }

    /** Whether the job may be handed out yet: up to Waiting, or Rescheduled. */
    public boolean isBeforeMatching() {
        return level <= WAITING.level || this == RESCHEDULED;
    }

    /** Whether a pilot holds the job: Matched, Running, Stalled or Completing. */
    public boolean isHeldByPilot() {
        return this == MATCHED || this == RUNNING || this == STALLED || this == COMPLETING;
    }

    public static Optional<JobStatus> ofText(String text) {
        return Arrays.stream(values())
                .filter(status -> status.text.equals(text))
                .findFirst();
    }

    /** @throws InvalidValue unless the text is one of the words, in exactly this spelling */
    public static JobStatus parse(String text) {
        return ofText(text)
                .orElseThrow(() -> new InvalidValue(
                        "job status",
                        text,
                        Arrays.stream(values()).map(JobStatus::text).collect(Collectors.joining(", ", "one of ", ""))));
    }

    @Override
    public String toString() {
        return text;
    }
}
