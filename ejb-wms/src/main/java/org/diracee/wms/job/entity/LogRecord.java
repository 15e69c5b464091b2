/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.entity;

import java.time.Instant;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;

/** One line of a job's log: the state after it and who brought it there. */
public record LogRecord(
        JobId job, Instant time, JobStatus status, String minorStatus, String applicationStatus, String source) {}
