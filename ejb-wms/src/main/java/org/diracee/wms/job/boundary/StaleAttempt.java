/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;

/** The wrapper of an attempt that has lost its job wants to write to it. */
public class StaleAttempt extends DiracException {

    private static final long serialVersionUID = 1L;

    public StaleAttempt(JobId job, int attempt) {
        super(
                ErrorCode.STALE_ATTEMPT,
                "Attempt %d of job %s is over; stop its payload, the job is no longer this pilot's"
                        .formatted(attempt, job));
    }

    /** @param status in which the job ended */
    public StaleAttempt(JobId job, int attempt, JobStatus status) {
        super(
                ErrorCode.STALE_ATTEMPT,
                "Job %s has ended as %s, and so has attempt %d with its token".formatted(job, status.text(), attempt));
    }
}
