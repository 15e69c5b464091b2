/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.value.JobStatus;
import org.diracee.wms.job.control.JobTexts;
import org.diracee.wms.job.control.Report;
import org.diracee.wms.job.control.ReportRules;
import org.diracee.wms.job.entity.JobRepository;
import org.diracee.wms.job.entity.JobRow;

/**
 * Keeps jobs alive whose pilots cannot speak for them before their end, by what the computing element says. What the pilots say in
 * the end is not late for that, however early it was.
 */
@Stateless
public class PushedJobs {

    /** Minor status of a job whose pilot waits for a worker node. */
    public static final String WAITS = "Waiting in the batch queue of the site";

    /** Minor status of a job whose pilot has one. */
    public static final String RUNS = "Running without network, reports come at its end";

    private JobRepository jobs;
    private JobChanges changes;
    private Clock clock;

    protected PushedJobs() {} // for the container's proxy

    @Inject
    public PushedJobs(JobRepository jobs, JobChanges changes, Clock clock) {
        this.jobs = jobs;
        this.changes = changes;
        this.clock = clock;
    }

    /** The job waits with its pilot, and stays that pilot's for so long. An attempt that has lost its job changes nothing. */
    @Requires(callers = CallerKind.SYSTEM)
    public void waits(Caller caller, Caller.Job attempt, Duration lease) {
        for (JobRow row : jobs.lock(List.of(attempt.id()))) {
            if (isCurrent(attempt, row) && row.status() == JobStatus.MATCHED) {
                if (!row.minorStatus().equals(WAITS)) {
                    report(row, Optional.empty(), Optional.of(WAITS), source(caller));
                }
                jobs.lease(row.id(), clock.instant().plus(lease));
            }
        }
    }

    /** The pilot has a worker node, and so the job runs. An attempt that has lost its job changes nothing. */
    @Requires(callers = CallerKind.SYSTEM)
    public void runs(Caller caller, Caller.Job attempt) {
        for (JobRow row : jobs.lock(List.of(attempt.id()))) {
            if (isCurrent(attempt, row) && row.status().isHeldByPilot()) {
                if (row.status() == JobStatus.MATCHED) {
                    report(row, Optional.of(JobStatus.RUNNING), Optional.of(RUNS), source(caller));
                } else if (row.status() == JobStatus.STALLED) {
                    report(row, Optional.of(JobStatus.RUNNING), Optional.empty(), JobTexts.HEARTBEAT);
                }
                jobs.beat(List.of(row.id()), clock.instant());
            }
        }
    }

    private void report(JobRow row, Optional<JobStatus> status, Optional<String> minorStatus, String source) {
        Instant now = clock.instant();
        Report report = new Report(
                row.lastLoggedTime().isAfter(now) ? row.lastLoggedTime() : now,
                status,
                minorStatus,
                Optional.empty(),
                source);
        changes.write(
                Map.of(row.id(), row),
                Map.of(row.id(), ReportRules.apply(row, List.of(report), false, false, report.time())),
                now);
    }

    private static boolean isCurrent(Caller.Job attempt, JobRow row) {
        return row.attempt() == attempt.attempt() && attempt.pilot().equals(row.pilot());
    }

    private static String source(Caller caller) {
        return caller instanceof Caller.System system ? system.agent() : JobTexts.UNKNOWN;
    }
}
