/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.wrapper;

import java.time.Duration;
import java.util.Set;

/**
 * What the pilot's command line says about the limits of payloads.
 *
 * @param interval between two looks
 * @param maxWallClock the longest that a payload may run
 * @param maxProcesses that a payload may have
 * @param minDiskBytes that must stay free
 * @param maxLoad the load average above which a warning is given
 * @param minCpuPercent of the time passed that must be used as CPU time
 * @param cpuSample the time over which that is looked at
 * @param cpuMarginPercent by which a job may use more CPU time than it asked for
 * @param warnOnly the checks that end no payload
 */
public record WatchdogSettings(
        Duration interval,
        Duration maxWallClock,
        int maxProcesses,
        long minDiskBytes,
        long maxLoad,
        long minCpuPercent,
        Duration cpuSample,
        long cpuMarginPercent,
        Set<WatchdogCheck> warnOnly) {

    public WatchdogSettings {
        warnOnly = Set.copyOf(warnOnly);
    }
}
