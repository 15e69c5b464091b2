/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.control;

import java.util.Optional;

/**
 * What a heartbeat says of a job.
 *
 * @param memoryUsed resident, in kB
 * @param vsize in kB
 * @param availableDiskSpace in MB
 * @param cpuConsumed in seconds
 * @param wallClockTime in seconds
 * @param standardOutput its last lines; empty if the payload has not begun
 */
public record Measurements(
        double loadAverage,
        double memoryUsed,
        double vsize,
        double availableDiskSpace,
        double cpuConsumed,
        double wallClockTime,
        Optional<String> standardOutput) {}
