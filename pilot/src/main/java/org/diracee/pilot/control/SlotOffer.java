/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.control;

import java.time.Duration;
import java.util.List;

/** What the pilot has to offer to a job. */
public record SlotOffer(
        String site,
        String ce,
        String platform,
        Duration cpuTimeLeft,
        int processors,
        long memoryMegabytes,
        List<String> tags) {

    public SlotOffer {
        tags = List.copyOf(tags);
    }
}
