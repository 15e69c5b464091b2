/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.wms.job.control.JobSettings;
import org.diracee.wms.job.entity.JobLogRepository;

/** Prepares the monthly partitions of logs and heartbeats, and drops old ones. */
@Stateless
public class JobPartitions {

    private JobLogRepository log;
    private ConfigurationService configuration;
    private Clock clock;

    protected JobPartitions() {} // for the container's proxy

    @Inject
    public JobPartitions(JobLogRepository log, ConfigurationService configuration, Clock clock) {
        this.log = log;
        this.configuration = configuration;
        this.clock = clock;
    }

    /** Makes the partitions of this month and the ones after it, as far as they are missing. */
    @Requires(callers = CallerKind.SYSTEM)
    public void ensureMonths(Caller caller, int months) {
        log.ensureMonths(clock.instant(), months);
    }

    /** Drops the months of logs, heartbeats and history that are older than they are kept; tells how many. */
    @Requires(callers = CallerKind.SYSTEM)
    public int dropOld(Caller caller) {
        JobSettings settings = new JobSettings(configuration.current());
        Instant now = clock.instant();
        return log.dropMonths(List.of("job_log", "pilot_change"), now.minus(settings.jobLogRetention()))
                + log.dropMonths(List.of("job_heartbeat", "pilot_log"), now.minus(settings.heartbeatRetention()))
                + log.dropMonths(
                        List.of("job_snapshot", "job_history", "pilot_history"),
                        now.minus(settings.jobHistoryRetention()));
    }
}
