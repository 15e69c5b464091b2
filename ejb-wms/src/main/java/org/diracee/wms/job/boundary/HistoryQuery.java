/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Asks how many jobs there were over a time, for each combination of values of some columns.
 *
 * @param to does not belong to the time
 * @param step the time between two numbers; absent: as short as the answer allows
 * @param grouping names of columns; none: all jobs are one series
 * @param filters all of them must be met
 */
public record HistoryQuery(
        Instant from, Instant to, Optional<Duration> step, List<String> grouping, List<JobQuery.Filter> filters) {

    public HistoryQuery {
        grouping = List.copyOf(grouping);
        filters = List.copyOf(filters);
    }
}
