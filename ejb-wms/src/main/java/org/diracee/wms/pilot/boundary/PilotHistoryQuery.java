/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Asks how many pilots there were over a time, for each combination of values of some columns.
 *
 * @param to does not belong to the time
 * @param step the time between two numbers; absent: as short as the answer allows
 * @param grouping names of columns; none: all pilots are one series
 * @param filters all of them must be met
 */
public record PilotHistoryQuery(
        Instant from, Instant to, Optional<Duration> step, List<String> grouping, List<PilotQuery.Filter> filters) {

    public PilotHistoryQuery {
        grouping = List.copyOf(grouping);
        filters = List.copyOf(filters);
    }
}
