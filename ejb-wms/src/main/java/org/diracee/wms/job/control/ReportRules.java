/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.control;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.diracee.kernel.value.JobStatus;
import org.diracee.wms.job.entity.JobChange;
import org.diracee.wms.job.entity.JobRow;
import org.diracee.wms.job.entity.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * How timed reports change a job.
 *
 * <p>Two deviations from the source keep a wrong clock from deciding: no report lies in the future, and the holder of a
 * job is late only against its own earlier reports, not against what the server wrote meanwhile. And an owner's order to
 * kill or delete is never late, nor is a forced one.
 *
 * @see "WMS reference 8, bulk algorithm"
 */
public final class ReportRules {

    private static final String REFUSED = "(SM)";
    private static final String WRAPPER = "Job";

    private final JobRow job;
    private final boolean byHolder;
    private final boolean force;

    private JobStatus status;
    private String minorStatus;
    private String applicationStatus;
    private @Nullable Instant start;
    private @Nullable Instant end;
    private @Nullable Instant heartBeat;
    private final List<LogRecord> records = new ArrayList<>();

    private ReportRules(JobRow job, boolean byHolder, boolean force) {
        this.job = job;
        this.byHolder = byHolder;
        this.force = force;
        // whoever reports is alive
        this.status = job.status() == JobStatus.STALLED ? JobStatus.RUNNING : job.status();
        this.minorStatus = job.minorStatus();
        this.applicationStatus = job.applicationStatus();
        this.start = job.startExecTime();
        this.end = job.endExecTime();
        this.heartBeat = job.heartBeatTime();
    }

    /**
     * Applies the reports in the order of their times.
     *
     * @param byHolder whether they come from the pilot or the wrapper that holds the job
     * @param force writes statuses that the state table does not allow, too
     */
    public static ReportOutcome apply(
            JobRow job, Collection<Report> reports, boolean byHolder, boolean force, Instant now) {
        List<Report> ordered = reports.stream()
                .map(report -> report.time().isAfter(now) ? report.at(now) : report)
                .sorted(Comparator.comparing(Report::time))
                .toList();
        ReportRules rules = new ReportRules(job, byHolder, force);
        List<Report> late = ordered.stream().filter(rules::isLate).toList();
        List<Report> inTime =
                ordered.stream().filter(report -> !late.contains(report)).toList();
        return rules.outcome(inTime, late);
    }

    private boolean isLate(Report report) {
        if (byHolder) {
            return job.reportedTime() != null && report.time().isBefore(job.reportedTime());
        }
        return !force
                && report.time().isBefore(job.lastLoggedTime())
                && !report.orders(JobStatus.KILLED)
                && !report.orders(JobStatus.DELETED);
    }

    private ReportOutcome outcome(List<Report> inTime, List<Report> late) {
        if (inTime.isEmpty()) {
            return new ReportOutcome(Optional.empty(), List.of(), late, false);
        }
        Instant newest = job.lastLoggedTime();
        for (Report report : inTime) {
            newest = report.time().isAfter(newest) ? report.time() : newest;
            take(report, newest);
        }
        Instant reported = byHolder ? inTime.get(inTime.size() - 1).time() : job.reportedTime();
        JobChange change = new JobChange(
                job.id(), status, minorStatus, applicationStatus, newest, start, heartBeat, end, reported, newest);
        boolean killsPayload = !byHolder && job.status().isHeldByPilot() && status == JobStatus.KILLED;
        return new ReportOutcome(Optional.of(change), records, late, killsPayload);
    }

    /** Only the server lets a job wait: what a user reports must not lead past optimizers and delays. */
    private boolean skipsOptimizers(JobStatus wanted) {
        return !byHolder && wanted == JobStatus.WAITING && status != JobStatus.WAITING;
    }

    private void take(Report report, Instant time) {
        boolean refused = false;
        if (report.status().isPresent()) {
            JobStatus wanted = report.status().get();
            if (force || status.allows(wanted) && !skipsOptimizers(wanted)) {
                status = wanted;
                minorStatus = report.minorStatus().orElse(minorStatus);
            } else if (wanted == JobStatus.DELETED && status.isKillable() && !byHolder) {
                // deleting a job that runs kills it; deleting it again deletes it
                status = JobStatus.KILLED;
                minorStatus = JobTexts.MARKED_FOR_TERMINATION;
            } else {
                refused = true;
            }
        } else {
            minorStatus = report.minorStatus().orElse(minorStatus);
        }
        applicationStatus = report.applicationStatus().orElse(applicationStatus);
        if (status == JobStatus.RUNNING && start == null) {
            start = time;
        }
        if ((status.isFinal() || status == JobStatus.DELETED) && end == null) {
            end = time;
        }
        if (report.source().startsWith(WRAPPER) || report.source().equals(JobTexts.HEARTBEAT)) {
            heartBeat = heartBeat == null || heartBeat.isBefore(time) ? time : heartBeat;
        }
        records.add(new LogRecord(
                job.id(),
                time,
                status,
                minorStatus,
                applicationStatus,
                refused ? report.source() + REFUSED : report.source()));
    }
}
