/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import java.time.Instant;
import org.diracee.kernel.value.JobStatus;

/**
 * A job sent back to the start.
 *
 * @param status Received, as the caller is told; by then the job already waits
 * @param rescheduleCounter how often this has now happened
 */
public record RescheduledJob(
        JobStatus status,
        String minorStatus,
        String applicationStatus,
        String site,
        int userPriority,
        Instant rescheduleTime,
        int rescheduleCounter) {}
