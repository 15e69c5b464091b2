/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.entity;

import java.time.Instant;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.jspecify.annotations.Nullable;

/** The new state of a job, whole: what is absent becomes empty. */
public record JobChange(
        JobId id,
        JobStatus status,
        String minorStatus,
        String applicationStatus,
        Instant lastUpdateTime,
        @Nullable Instant startExecTime,
        @Nullable Instant heartBeatTime,
        @Nullable Instant endExecTime,
        @Nullable Instant reportedTime,
        Instant lastLoggedTime) {

    /** This change with another time of the last update. */
    public JobChange lastUpdatedAt(Instant time) {
        return new JobChange(
                id,
                status,
                minorStatus,
                applicationStatus,
                time,
                startExecTime,
                heartBeatTime,
                endExecTime,
                reportedTime,
                lastLoggedTime);
    }
}
