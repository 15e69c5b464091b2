/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import java.time.Instant;
import java.util.Optional;
import org.diracee.wms.job.entity.JobDetailsRepository.Beat;

/**
 * What a running job's watchdog measured at a heartbeat.
 *
 * @param memoryUsed kilobytes of resident memory
 * @param vsize kilobytes of virtual memory
 * @param availableDiskSpace megabytes
 * @param cpuConsumed seconds
 * @param wallClockTime seconds
 */
public record MeasuredBeat(
        Instant at,
        Optional<Double> loadAverage,
        Optional<Double> memoryUsed,
        Optional<Double> vsize,
        Optional<Double> availableDiskSpace,
        Optional<Double> cpuConsumed,
        Optional<Double> wallClockTime) {

    static MeasuredBeat of(Beat beat) {
        return new MeasuredBeat(
                beat.at(),
                Optional.ofNullable(beat.loadAverage()),
                Optional.ofNullable(beat.memoryUsed()),
                Optional.ofNullable(beat.vsize()),
                Optional.ofNullable(beat.availableDiskSpace()),
                Optional.ofNullable(beat.cpuConsumed()),
                Optional.ofNullable(beat.wallClockTime()));
    }
}
