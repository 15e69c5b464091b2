/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import java.util.Optional;
import org.diracee.kernel.value.JobStatus;

/**
 * What somebody says about a job at one time; what is absent stays as it was.
 *
 * @param source who says so, for the job log; at most 32 characters
 */
public record StatusReport(
        Optional<JobStatus> status, Optional<String> minorStatus, Optional<String> applicationStatus, String source) {

    /** The source of a report that names none. */
    public static final String UNKNOWN_SOURCE = "Unknown";

    public static StatusReport of(JobStatus status, String minorStatus, String source) {
        return new StatusReport(Optional.of(status), Optional.of(minorStatus), Optional.empty(), source);
    }
}
