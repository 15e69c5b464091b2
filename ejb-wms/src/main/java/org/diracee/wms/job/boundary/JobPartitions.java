/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.wms.job.entity.JobLogRepository;

/** Prepares the monthly partitions of logs and heartbeats. */
@Stateless
public class JobPartitions {

    private JobLogRepository log;
    private Clock clock;

    protected JobPartitions() {} // for the container's proxy

    @Inject
    public JobPartitions(JobLogRepository log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /** Makes the partitions of this month and the ones after it, as far as they are missing. */
    @Requires(callers = CallerKind.SYSTEM)
    public void ensureMonths(Caller caller, int months) {
        log.ensureMonths(clock.instant(), months);
    }
}
