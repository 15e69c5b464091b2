/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

import java.time.Instant;
import java.util.Optional;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.VoName;

/**
 * A pilot as it stands.
 *
 * @param gridSite the site
 * @param destinationSite the computing element
 * @param killRequested when somebody asked to end it
 */
public record PilotView(
        long id,
        PilotStamp stamp,
        Optional<String> reference,
        VoName vo,
        String gridType,
        String gridSite,
        String destinationSite,
        String queue,
        PilotStatus status,
        String statusReason,
        double benchmark,
        Optional<JobId> currentJob,
        boolean accountingSent,
        Instant submissionTime,
        Instant lastUpdateTime,
        Optional<Instant> killRequested) {}
