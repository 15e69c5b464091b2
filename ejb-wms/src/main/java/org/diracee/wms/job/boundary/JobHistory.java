/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many jobs there were over a time.
 *
 * @param step the time that each number is the average of
 * @param times the beginnings of those times at which jobs were counted, ascending
 */
public record JobHistory(Duration step, List<Instant> times, List<Series> series) {

    public JobHistory {
        times = List.copyOf(times);
        series = List.copyOf(series);
    }

    /**
     * The numbers of jobs with these values.
     *
     * @param jobs one average per time
     */
    public record Series(Map<String, Optional<Object>> values, List<Double> jobs) {

        public Series {
            jobs = List.copyOf(jobs);
        }
    }
}
