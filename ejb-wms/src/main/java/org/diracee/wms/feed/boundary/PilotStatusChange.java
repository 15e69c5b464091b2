/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.feed.boundary;

import java.time.Instant;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.pilot.boundary.PilotStatus;

/**
 * That a pilot is new, came into a status or to another place, or told something new about its status.
 *
 * @param cursor the place in the feed behind it
 */
public record PilotStatusChange(
        String cursor,
        PilotStamp pilot,
        VoName vo,
        String site,
        String computingElement,
        PilotStatus status,
        String statusReason,
        Instant time) {}
