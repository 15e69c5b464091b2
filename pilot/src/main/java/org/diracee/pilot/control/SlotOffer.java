/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.control;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the pilot has to offer to jobs.
 *
 * @param processors that all jobs of the answer share
 * @param requiredTags those of the tags that jobs must ask for
 * @param jobs how many at most
 * @param owner whose jobs are wanted; absent: anybody's
 */
public record SlotOffer(
        String site,
        String ce,
        String platform,
        Duration cpuTimeLeft,
        int processors,
        long memoryMegabytes,
        List<String> tags,
        List<String> requiredTags,
        int jobs,
        Optional<String> owner) {

    public SlotOffer {
        tags = List.copyOf(tags);
        requiredTags = List.copyOf(requiredTags);
    }
}
