/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.entity;

import java.time.Instant;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a job that decide about changes to it, read with the row locked until the transaction ends.
 *
 * @param reportedTime newest time that the holder of the present attempt gave, by its own clock
 * @param lastLoggedTime newest time in the job log
 */
public record JobRow(
        JobId id,
        VoName vo,
        UserName owner,
        GroupName ownerGroup,
        String jobGroup,
        String jobType,
        String site,
        JobStatus status,
        String minorStatus,
        String applicationStatus,
        int userPriority,
        int rescheduleCounter,
        boolean verified,
        @Nullable Long taskQueue,
        int attempt,
        @Nullable PilotStamp pilot,
        Instant lastUpdateTime,
        @Nullable Instant startExecTime,
        @Nullable Instant heartBeatTime,
        @Nullable Instant endExecTime,
        @Nullable Instant leaseUntil,
        @Nullable Instant reportedTime,
        Instant lastLoggedTime) {

    /** The counter that counts this job now. */
    public CounterKey counter() {
        return counter(status, minorStatus);
    }

    /** The counter that counts this job with another status. */
    public CounterKey counter(JobStatus otherStatus, String otherMinorStatus) {
        return new CounterKey(vo, owner, ownerGroup, jobGroup, site, jobType, otherStatus, otherMinorStatus);
    }

    /** This job with other facts that it is counted by. */
    public JobRow with(String otherGroup, String otherType, String otherSite, String otherMinorStatus) {
        return new JobRow(
                id,
                vo,
                owner,
                ownerGroup,
                otherGroup,
                otherType,
                otherSite,
                status,
                otherMinorStatus,
                applicationStatus,
                userPriority,
                rescheduleCounter,
                verified,
                taskQueue,
                attempt,
                pilot,
                lastUpdateTime,
                startExecTime,
                heartBeatTime,
                endExecTime,
                leaseUntil,
                reportedTime,
                lastLoggedTime);
    }

    /** When the job last gave a sign of life. */
    public Instant lastSignOfLife() {
        return heartBeatTime == null || heartBeatTime.isBefore(lastUpdateTime) ? lastUpdateTime : heartBeatTime;
    }
}
