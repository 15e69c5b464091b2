/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.wrapper;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diracee.kernel.value.JobId;
import org.diracee.pilot.log.PilotLog;
import org.diracee.pilot.process.Usage;

/** Judges one payload, look by look: what passed a limit ends it, or is told in the log once. */
final class Watchdog {

    private static final String SCOPE = "Watchdog";

    private final JobId job;
    private final WatchdogSettings settings;
    private final Limits limits;
    private final PilotLog log;
    private final CpuSample sample;
    private final Set<WatchdogCheck> warned = EnumSet.noneOf(WatchdogCheck.class);
    private boolean warnedOfLoad;

    Watchdog(JobId job, WatchdogSettings settings, Limits limits, PilotLog log) {
        this.job = job;
        this.settings = settings;
        this.limits = limits;
        this.log = log;
        this.sample = new CpuSample(settings.cpuSample());
    }

    /** Returns why the payload is to be ended, if it is. */
    Optional<Limits.Breach> look(Duration elapsed, Usage usage, long diskBytes, double load) {
        if (load > settings.maxLoad() && !warnedOfLoad) {
            warnedOfLoad = true;
            log.warn(
                    SCOPE,
                    "job " + job + ": the load average is " + load + ", usual is " + settings.maxLoad() + " at most");
        }
        Map<WatchdogCheck, Limits.Breach> breaches =
                limits.check(elapsed, usage, sample.look(elapsed, usage.cpu()), diskBytes);
        for (Map.Entry<WatchdogCheck, Limits.Breach> breach : breaches.entrySet()) {
            String text = "job " + job + ": " + breach.getValue().text();
            if (!settings.warnOnly().contains(breach.getKey())) {
                log.warn(SCOPE, text + ", the payload is ended");
                return Optional.of(breach.getValue());
            }
            if (warned.add(breach.getKey())) {
                log.warn(SCOPE, text + ", it goes on (--warn-only " + breach.getKey() + ")");
            }
        }
        return Optional.empty();
    }
}
