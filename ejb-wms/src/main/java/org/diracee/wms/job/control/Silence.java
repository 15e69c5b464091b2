/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.control;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.diracee.wms.job.entity.JobRow;

/**
 * How long jobs may be silent.
 *
 * @param everywhere at all sites but the tolerant ones
 * @param tolerance by how much longer at these
 */
public record Silence(Duration everywhere, Set<String> tolerantSites, Duration tolerance) {

    public Silence {
        tolerantSites = Set.copyOf(tolerantSites);
    }

    public static Silence of(Duration everywhere) {
        return new Silence(everywhere, Set.of(), Duration.ZERO);
    }

    public Duration at(String site) {
        return tolerantSites.contains(site) ? everywhere.plus(tolerance) : everywhere;
    }

    /** Whether the job has been silent for too long. */
    public boolean isOver(JobRow job, Instant now) {
        return job.lastSignOfLife().isBefore(now.minus(at(job.site())));
    }
}
