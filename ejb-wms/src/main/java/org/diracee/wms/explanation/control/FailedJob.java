/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.explanation.control;

import java.util.List;
import java.util.Optional;
import org.diracee.kernel.value.JobStatus;

/**
 * What the cause of a failure is concluded from.
 *
 * @param exitCode of the payload, if it ran to its end
 * @param pilotStatus of the pilot that had the job last
 * @param earlierMinors the minor statuses that the job went through, the newest first; needed only where the last one tells nothing
 */
public record FailedJob(
        JobStatus status,
        String minorStatus,
        String applicationStatus,
        Optional<String> exitCode,
        Optional<String> pilotStatus,
        List<String> earlierMinors) {

    public FailedJob {
        earlierMinors = List.copyOf(earlierMinors);
    }
}
