/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.pilot.boundary.PilotSlot;

/**
 * A test of a queue by one pilot with one job of its own.
 *
 * @param author name of who wants to know
 * @param ended when its outcome was certain
 * @param failure why it failed; empty while it goes on and if all went well
 */
public record QueueTest(
        long id,
        PilotSlot slot,
        VoName vo,
        String author,
        Instant started,
        Optional<Instant> ended,
        Optional<String> failure,
        Optional<PilotStamp> pilot,
        Optional<JobId> job,
        List<QueueTestStep> steps) {

    public QueueTest {
        steps = List.copyOf(steps);
    }
}
