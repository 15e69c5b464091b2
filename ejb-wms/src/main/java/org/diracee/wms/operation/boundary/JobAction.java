/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.operation.boundary;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.diracee.kernel.value.JobStatus;

/** What can be done to many jobs at once, and to jobs in which statuses; jobs in others are none of the operation's. */
public enum JobAction {
    KILL("kill", JobStatus::isKillable),
    /** A job that cannot be deleted yet is killed instead. */
    DELETE("delete", status -> status.isDeletable() || status.isKillable()),
    RESCHEDULE("reschedule", status -> status != JobStatus.DELETED && status != JobStatus.SUBMITTING),
    /** Of use only before a pilot gets the job. */
    SET_PRIORITY("set-priority", JobStatus::isBeforeMatching);

    /** All words, for messages. */
    public static final String ALL =
            Arrays.stream(values()).map(JobAction::text).collect(Collectors.joining(", "));

    private final String text;
    private final Set<JobStatus> statuses;

    JobAction(String text, Predicate<JobStatus> concerns) {
        this.text = text;
        this.statuses = EnumSet.copyOf(
                Arrays.stream(JobStatus.values()).filter(concerns).toList());
    }

    /** The word that clients use. */
    public String text() {
        return text;
    }

    /** The statuses of jobs to which this can be done. */
    public Set<JobStatus> statuses() {
        return EnumSet.copyOf(statuses);
    }

    public static Optional<JobAction> ofText(String text) {
        return Arrays.stream(values())
                .filter(action -> action.text.equals(text))
                .findFirst();
    }
}
