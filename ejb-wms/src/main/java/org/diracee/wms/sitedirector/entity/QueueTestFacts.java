/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.entity;

import java.time.Instant;
import java.util.Optional;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.pilot.boundary.PilotSlot;
import org.diracee.wms.pilot.boundary.PilotStatus;

/**
 * What the rows of a test, its pilot and its job say.
 *
 * @param tag binds the job to the pilot
 * @param failure what went wrong before the pilot was on its way
 */
public record QueueTestFacts(
        long id,
        PilotSlot slot,
        VoName vo,
        String author,
        String tag,
        Instant started,
        Optional<Instant> takenUp,
        Optional<Instant> contacted,
        Optional<Instant> submitted,
        Optional<Instant> ended,
        Optional<String> failure,
        Optional<OfPilot> pilot,
        Optional<OfJob> job) {

    /** @param ended when its end was noted */
    public record OfPilot(
            PilotStamp stamp,
            PilotStatus status,
            String reason,
            Optional<String> reference,
            Optional<Instant> queued,
            Optional<Instant> running,
            Optional<Instant> loggedIn,
            Optional<Instant> ended,
            boolean cleaned) {}

    /** @param over whether it will never run again */
    public record OfJob(
            JobId id,
            String status,
            String minorStatus,
            String applicationStatus,
            boolean over,
            Optional<Instant> matched,
            Optional<Instant> ended,
            boolean hasOutput) {}
}
