/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.explanation.boundary;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.diracee.wms.taskqueue.boundary.ResourceDescription;
import org.diracee.wms.taskqueue.boundary.Unmet;

/**
 * Whether a resource could take a job now.
 *
 * @param lastSeen when one of its pilots asked for jobs last; absent if none did and it is known from the configuration
 * @param unmet requirements that it does not meet
 * @param obstacles what else is in the way; looked at only if all requirements are met
 */
public record ResourceCheck(
        ResourceDescription resource, Optional<Instant> lastSeen, List<Unmet> unmet, List<Obstacle> obstacles) {

    public ResourceCheck {
        unmet = List.copyOf(unmet);
        obstacles = List.copyOf(obstacles);
    }

    /** Whether it meets all requirements. */
    public boolean fits() {
        return unmet.isEmpty();
    }

    /** Whether a pilot of it that asks gets such jobs, if it is their turn. */
    public boolean takes() {
        return unmet.isEmpty() && obstacles.isEmpty();
    }
}
