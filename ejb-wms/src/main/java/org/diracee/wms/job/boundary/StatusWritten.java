/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import java.time.Instant;
import java.util.Optional;
import org.diracee.kernel.value.JobStatus;

/** What a report changed in a job; empty where the job stayed as it was. */
public record StatusWritten(
        Optional<JobStatus> status,
        Optional<String> minorStatus,
        Optional<String> applicationStatus,
        Optional<Instant> heartBeatTime,
        Optional<Instant> startExecTime,
        Optional<Instant> endExecTime,
        Optional<Instant> lastUpdateTime) {}
