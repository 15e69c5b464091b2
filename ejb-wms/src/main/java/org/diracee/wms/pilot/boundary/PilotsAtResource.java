/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

import java.util.Map;
import java.util.Optional;

/**
 * How the pilots of a site or computing element fare.
 *
 * @param computingElement empty for a whole site
 * @param doneEmpty done without having run a job
 * @param abortedInLastHour aborted lately, which tells of trouble that goes on
 * @param isUsable whether it is neither suspended nor banned, for the VO that asks or else for all
 * @see "WMS reference 11.2"
 */
public record PilotsAtResource(
        String site,
        Optional<String> computingElement,
        Map<PilotStatus, Long> counts,
        long doneEmpty,
        long abortedInLastHour,
        boolean isUsable) {

    private static final double ALL = 100;

    public PilotsAtResource {
        counts = Map.copyOf(counts);
    }

    public long count(PilotStatus status) {
        return counts.getOrDefault(status, 0L);
    }

    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Done pilots for each of them that ran a job: 1 if all did; 0 if none did. */
    public double pilotsPerJob() {
        long done = count(PilotStatus.DONE);
        return done == doneEmpty ? 0 : (double) done / (done - doneEmpty);
    }

    /** The share of pilots that were not aborted, in percent; 0 without pilots. */
    public double efficiency() {
        long total = total();
        return total == 0 ? 0 : ALL * (total - count(PilotStatus.ABORTED)) / total;
    }

    public PilotRating rating() {
        return PilotRating.of(total(), efficiency());
    }
}
