/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A sign of life of a running job, with what its watchdog measured.
 *
 * @param memoryUsed kilobytes of resident memory
 * @param vsize kilobytes of virtual memory
 * @param availableDiskSpace megabytes
 * @param cpuConsumed seconds
 * @param wallClockTime seconds
 * @param standardOutput the last lines of the payload's standard output
 */
public record HeartBeat(
        OptionalDouble loadAverage,
        OptionalDouble memoryUsed,
        OptionalDouble vsize,
        OptionalDouble availableDiskSpace,
        OptionalDouble cpuConsumed,
        OptionalDouble wallClockTime,
        Optional<String> standardOutput) {

    /** Whether there is any number to keep. */
    public boolean hasMeasurements() {
        return loadAverage.isPresent()
                || memoryUsed.isPresent()
                || vsize.isPresent()
                || availableDiskSpace.isPresent()
                || cpuConsumed.isPresent()
                || wallClockTime.isPresent();
    }
}
