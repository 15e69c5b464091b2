/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.explanation.boundary;

import java.time.Instant;
import java.util.Optional;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;

/**
 * Why a job is where it is.
 *
 * @param sentence the answer for who reads nothing else
 * @param lastSignOfLife of a job that was started
 * @param pilot that has it or had it last
 * @param leaseUntil when a job that was handed out and not started goes back to its queue
 */
public record Explanation(
        JobId job,
        JobStatus status,
        String minorStatus,
        String applicationStatus,
        String sentence,
        Optional<Instant> lastSignOfLife,
        Optional<HoldingPilot> pilot,
        Optional<Instant> leaseUntil,
        Optional<WaitingExplanation> waiting,
        Optional<FailureExplanation> failure) {

    /** The pilot of a job. */
    public record HoldingPilot(String stamp, String status, String site, Instant lastUpdate) {}
}
