/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How many pilots there were over a time.
 *
 * @param step seconds that each number is the average of
 * @param times beginnings of the steps in which pilots were counted, ascending; times when nothing was counted lack
 */
public record PilotHistory(long step, List<Instant> times, List<Series> series) {

    /**
     * Numbers of pilots with the same values.
     *
     * @param values by column
     * @param pilots one average per time
     */
    public record Series(Map<String, Object> values, List<Double> pilots) {}
}
