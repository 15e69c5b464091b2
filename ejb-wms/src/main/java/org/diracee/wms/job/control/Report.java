/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.control;

import java.time.Instant;
import java.util.Optional;
import org.diracee.kernel.value.JobStatus;

/** What somebody says about a job at one time, by his own clock. */
public record Report(
        Instant time,
        Optional<JobStatus> status,
        Optional<String> minorStatus,
        Optional<String> applicationStatus,
        String source) {

    boolean orders(JobStatus wanted) {
        return status.filter(wanted::equals).isPresent();
    }

    Report at(Instant otherTime) {
        return new Report(otherTime, status, minorStatus, applicationStatus, source);
    }
}
