/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.wms.job.control.JobTexts;
import org.diracee.wms.job.control.MetadataRules.Column;
import org.diracee.wms.job.control.Report;
import org.diracee.wms.job.control.ReportOutcome;
import org.diracee.wms.job.entity.CounterChanges;
import org.diracee.wms.job.entity.CounterRepository;
import org.diracee.wms.job.entity.HeartBeatRepository;
import org.diracee.wms.job.entity.JobChange;
import org.diracee.wms.job.entity.JobLogRepository;
import org.diracee.wms.job.entity.JobRepository;
import org.diracee.wms.job.entity.JobRow;
import org.diracee.wms.job.entity.LogRecord;
import org.diracee.wms.taskqueue.boundary.TaskQueues;

/** Writes what was decided about jobs, with all that hangs on it: log, counters, orders, queues; rows are locked. */
@ApplicationScoped
public class JobChanges {

    private JobRepository jobs;
    private JobLogRepository log;
    private CounterRepository counters;
    private HeartBeatRepository orders;
    private TaskQueues queues;

    protected JobChanges() {} // for the container's proxy

    @Inject
    public JobChanges(
            JobRepository jobs,
            JobLogRepository log,
            CounterRepository counters,
            HeartBeatRepository orders,
            TaskQueues queues) {
        this.jobs = jobs;
        this.log = log;
        this.counters = counters;
        this.orders = orders;
        this.queues = queues;
    }

    /** Writes the outcomes of reports, a few statements for all of them. */
    @OpenAccess("the calling service has checked the caller")
    public void write(Map<JobId, JobRow> rows, Map<JobId, ReportOutcome> outcomes, Instant now) {
        List<JobChange> changes = new ArrayList<>();
        List<LogRecord> records = new ArrayList<>();
        List<JobId> killed = new ArrayList<>();
        List<Long> reopened = new ArrayList<>();
        CounterChanges counted = new CounterChanges();
        outcomes.forEach((id, outcome) -> {
            JobRow row = Objects.requireNonNull(rows.get(id));
            outcome.late().forEach(late -> records.add(resolved(row, late)));
            records.addAll(outcome.records());
            if (outcome.killsPayload()) {
                killed.add(id);
            }
            outcome.change().ifPresent(change -> {
                changes.add(change);
                counted.move(row.counter(), row.counter(change.status(), change.minorStatus()));
                if (change.status() == JobStatus.WAITING && row.taskQueue() != null) {
                    reopened.add(row.taskQueue());
                }
            });
        });
        queues.reopen(reopened);
        jobs.apply(changes);
        log.append(records);
        orders.order(killed, JobTexts.KILL, now);
        counters.add(counted);
    }

    /** Sets columns of one job. */
    @OpenAccess("the calling service has checked the caller")
    public void setColumns(JobRow row, Map<Column, String> columns) {
        if (columns.isEmpty()) {
            return;
        }
        jobs.setColumns(
                row.id(),
                columns.entrySet().stream()
                        .map(column ->
                                new JobRepository.ColumnValue(column.getKey().sql(), column.getValue()))
                        .toList());
        JobRow after = row.with(
                columns.getOrDefault(Column.JOB_GROUP, row.jobGroup()),
                columns.getOrDefault(Column.JOB_TYPE, row.jobType()),
                columns.getOrDefault(Column.SITE, row.site()),
                columns.getOrDefault(Column.MINOR_STATUS, row.minorStatus()));
        counters.add(new CounterChanges().move(row.counter(), after.counter()));
    }

    /** A late report says nothing of some things; there the log of its time holds. */
    private LogRecord resolved(JobRow row, Report late) {
        Optional<LogRecord> before = log.lastUntil(row.id(), late.time());
        return new LogRecord(
                row.id(),
                late.time(),
                late.status().or(() -> before.map(LogRecord::status)).orElse(row.status()),
                late.minorStatus().or(() -> before.map(LogRecord::minorStatus)).orElse(JobTexts.UNKNOWN),
                late.applicationStatus()
                        .or(() -> before.map(LogRecord::applicationStatus))
                        .orElse(JobTexts.UNKNOWN),
                late.source());
    }
}
