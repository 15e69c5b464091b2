/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.control;

import java.util.Optional;
import org.diracee.kernel.value.JobStatus;

/**
 * What becomes of a job whose requests are done.
 *
 * @see "RMS reference 11.7"
 */
public final class RequestsDone {

    private RequestsDone() {}

    /**
     * Returns the job's new status.
     *
     * @param status of the job; of a stalled one that which it had before
     * @param minorStatus that goes with it
     * @return empty if it stays as it is
     * @throws UnexpectedMinorStatus if a completed job is one that no request could hold up
     */
    public static Optional<JobStatus> next(JobStatus status, String minorStatus) {
        if (status != JobStatus.COMPLETED) {
            return Optional.empty();
        }
        return Optional.of(
                switch (minorStatus) {
                    case JobTexts.PENDING_REQUESTS -> JobStatus.DONE;
                    case JobTexts.FINISHED_WITH_ERRORS -> JobStatus.FAILED;
                    case JobTexts.MARKED_FOR_TERMINATION -> JobStatus.KILLED;
                    default -> throw new UnexpectedMinorStatus(minorStatus);
                });
    }
}
