/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.history.boundary;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many there were of something over a time.
 *
 * @param step the time that each number is the average of
 * @param times the beginnings of those times at which anything was counted, ascending
 */
public record History(Duration step, List<Instant> times, List<Series> series) {

    public History {
        times = List.copyOf(times);
        series = List.copyOf(series);
    }

    /**
     * The numbers of those with these values.
     *
     * @param numbers one average per time
     */
    public record Series(Map<String, Optional<Object>> values, List<Double> numbers) {

        public Series {
            numbers = List.copyOf(numbers);
        }
    }

    /** Numbers with the same values in one step of a time, added up over the looks in it. */
    public record Look(Instant step, Map<String, Optional<Object>> values, double sum) {}
}
