/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;

/**
 * Receipt for one job of a submission: the job exists and survives every crash.
 *
 * @param status Received, as the submitter is told; by then the job already waits
 * @param clientRef what the submitter calls it
 * @param warnings what the description asks for and nothing acts on yet; only with the first job of a description
 */
public record SubmittedJob(
        JobId id,
        JobStatus status,
        String minorStatus,
        Instant timestamp,
        Optional<String> clientRef,
        List<String> warnings) {

    public SubmittedJob {
        warnings = List.copyOf(warnings);
    }
}
