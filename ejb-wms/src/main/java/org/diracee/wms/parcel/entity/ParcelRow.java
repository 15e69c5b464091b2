/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.parcel.entity;

import java.time.Instant;
import java.util.Optional;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.PilotStamp;

/**
 * A parcel that went with a pilot, and how its job stands.
 *
 * @param job the attempt that went with it
 * @param lines of the spool that count already
 * @param isOpened whether all was said that its spool had to say
 * @param isCurrent whether the job still is at this attempt with this pilot
 */
public record ParcelRow(
        PilotStamp pilot,
        Caller.Job job,
        long lines,
        boolean isOpened,
        boolean isCurrent,
        JobStatus status,
        Optional<Instant> leaseUntil,
        Optional<Instant> heartBeat) {

    /** Whether the job waits for what this pilot makes of it. */
    public boolean isWanted() {
        return isCurrent && status.isHeldByPilot();
    }
}
