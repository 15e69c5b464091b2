/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.wms.job.control.JobCleaningSettings;
import org.diracee.wms.job.control.JobTexts;
import org.diracee.wms.job.control.Report;
import org.diracee.wms.job.control.ReportOutcome;
import org.diracee.wms.job.control.ReportRules;
import org.diracee.wms.job.entity.JobErasureRepository;
import org.diracee.wms.job.entity.JobRepository;
import org.diracee.wms.job.entity.JobRow;
import org.diracee.wms.sandbox.boundary.SandboxStore;

/**
 * Deletes jobs that ended long ago, and erases deleted ones; every method is a transaction over one portion.
 *
 * @see "WMS reference 14, JobCleaningAgent"
 */
@Stateless
public class JobCleaning {

    private JobErasureRepository erasure;
    private JobRepository jobs;
    private JobChanges changes;
    private SandboxStore sandboxes;
    private ConfigurationService configuration;
    private Clock clock;

    protected JobCleaning() {} // for the container's proxy

    @Inject
    public JobCleaning(
            JobErasureRepository erasure,
            JobRepository jobs,
            JobChanges changes,
            SandboxStore sandboxes,
            ConfigurationService configuration,
            Clock clock) {
        this.erasure = erasure;
        this.jobs = jobs;
        this.changes = changes;
        this.sandboxes = sandboxes;
        this.configuration = configuration;
        this.clock = clock;
    }

    /** Jobs in this status that the configuration says are to go by now, the longest ended first. */
    @Requires(callers = CallerKind.SYSTEM)
    public List<JobId> overdue(Caller caller, JobStatus status) {
        JobCleaningSettings settings = settings(caller);
        return settings.delay(status)
                .map(delay -> erasure.ended(
                        status, clock.instant().minus(delay), settings.keptTypes(status), settings.jobsAtOnce()))
                .orElse(List.of());
    }

    /** Deletes those of the jobs that can be deleted still; tells how many. */
    @Requires(callers = CallerKind.SYSTEM)
    public int delete(Caller caller, Collection<JobId> ids) {
        Instant now = clock.instant();
        Map<JobId, JobRow> rows = new HashMap<>();
        Map<JobId, ReportOutcome> outcomes = new HashMap<>();
        for (JobRow row : jobs.lock(ids)) {
            if (row.status().isFinal() && row.status().isDeletable()) {
                Instant at = row.lastLoggedTime().isAfter(now) ? row.lastLoggedTime() : now;
                Report deleted = new Report(
                        at,
                        Optional.of(JobStatus.DELETED),
                        Optional.of(JobTexts.CHECKING_ACCOUNTING),
                        Optional.empty(),
                        JobTexts.JOB_CLEANING_AGENT);
                rows.put(row.id(), row);
                outcomes.put(row.id(), ReportRules.apply(row, List.of(deleted), false, false, at));
            }
        }
        changes.write(rows, outcomes, now);
        return rows.size();
    }

    /** Erases those of the jobs that are deleted, and lets go of their sandboxes; tells how many. */
    @Requires(callers = CallerKind.SYSTEM)
    public int erase(Caller caller, Collection<JobId> ids) {
        List<JobId> deleted = jobs.lock(ids).stream()
                .filter(row -> row.status() == JobStatus.DELETED)
                .map(JobRow::id)
                .toList();
        sandboxes.unassign(caller, deleted);
        int erased = erasure.erase(deleted);
        erasure.removeEmptySubmissions(ids.size());
        return erased;
    }

    /** The settings in force. */
    @Requires(callers = CallerKind.SYSTEM)
    public JobCleaningSettings settings(Caller caller) {
        return new JobCleaningSettings(configuration.current());
    }
}
