/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.error.Problem;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.wms.job.boundary.JobReturn.Returning;
import org.diracee.wms.job.control.JobLimits;
import org.diracee.wms.job.control.JobNotFound;
import org.diracee.wms.job.control.JobPolicy;
import org.diracee.wms.job.control.JobSettings;
import org.diracee.wms.job.control.JobTexts;
import org.diracee.wms.job.control.Report;
import org.diracee.wms.job.control.ReportOutcome;
import org.diracee.wms.job.control.ReportRules;
import org.diracee.wms.job.entity.JobRepository;
import org.diracee.wms.job.entity.JobRepository.SentBack;
import org.diracee.wms.job.entity.JobRow;

/** Sends jobs back to the start when somebody asks for it. */
@Stateless
public class JobManager {

    private JobRepository jobs;
    private JobReturn jobReturn;
    private JobChanges changes;
    private ConfigurationService configuration;
    private Clock clock;

    protected JobManager() {} // for the container's proxy

    @Inject
    public JobManager(
            JobRepository jobs,
            JobReturn jobReturn,
            JobChanges changes,
            ConfigurationService configuration,
            Clock clock) {
        this.jobs = jobs;
        this.jobReturn = jobReturn;
        this.changes = changes;
        this.configuration = configuration;
        this.clock = clock;
    }

    /**
     * Reschedules jobs in whatever status but Deleted, each as often as the VO allows; beyond that a job fails and is
     * reported so. Its payload, if it still runs, may write nothing any more.
     *
     * @param reset counts from zero again
     * @see "WMS reference 6, rescheduleJob"
     */
    @Requires(
            callers = {CallerKind.USER, CallerKind.PILOT, CallerKind.JOB},
            unlimited = true)
    public BulkResult<JobId, RescheduledJob> reschedule(Caller caller, List<JobId> asked, boolean reset) {
        Set<JobId> ids = new LinkedHashSet<>(asked);
        JobLimits.requireAtMost(JobLimits.JOBS_PER_REQUEST, ids.size(), "jobs");
        if (ids.isEmpty()) {
            throw new InvalidRequest("At least one job is needed");
        }
        Map<JobId, JobRow> rows = JobPolicy.changeable(caller, ids, jobs.lock(ids));
        Instant now = clock.instant();
        JobSettings settings = new JobSettings(configuration.current());
        Map<JobId, Problem> failed = new LinkedHashMap<>();
        List<Returning> returning = new ArrayList<>();
        Map<JobId, ReportOutcome> exhausted = new LinkedHashMap<>();
        for (JobId id : ids) {
            JobRow row = rows.get(id);
            if (row == null) {
                failed.put(id, JobNotFound.problem(id));
                continue;
            }
            int counter = reset ? 0 : row.rescheduleCounter() + 1;
            int limit = settings.maxRescheduling(row.vo());
            Optional<Problem> obstacle = obstacle(row);
            if (obstacle.isPresent()) {
                failed.put(id, obstacle.get());
            } else if (counter > limit) {
                failed.put(
                        id,
                        new Problem(
                                ErrorCode.RESCHEDULING_LIMIT, "Maximum number of reschedulings is reached: " + limit));
                // by way of Rescheduled, which a job passes through without staying in it
                if (row.status().allows(JobStatus.FAILED) || row.status().allows(JobStatus.RESCHEDULED)) {
                    exhausted.put(id, fail(row, now));
                }
            } else {
                returning.add(new Returning(row, JobTexts.JOB_RESCHEDULED, counter));
            }
        }
        changes.write(rows, exhausted, now);
        Map<JobId, RescheduledJob> success = new LinkedHashMap<>();
        for (SentBack back : jobReturn.sendBack(returning, JobTexts.JOB_MANAGER, now)) {
            success.put(back.id(), rescheduled(Objects.requireNonNull(rows.get(back.id())), back));
        }
        return new BulkResult<>(success, failed);
    }

    private static Optional<Problem> obstacle(JobRow row) {
        if (row.status() == JobStatus.DELETED || row.status() == JobStatus.SUBMITTING || row.taskQueue() == null) {
            return Optional.of(new Problem(
                    ErrorCode.CONFLICT, "Job " + row.id() + " is " + row.status() + " and cannot be rescheduled"));
        }
        return row.verified()
                ? Optional.empty()
                : Optional.of(new Problem(
                        ErrorCode.INVALID_REQUEST, "Job " + row.id() + " was not verified and cannot be rescheduled"));
    }

    private static ReportOutcome fail(JobRow row, Instant now) {
        Instant at = row.lastLoggedTime().isAfter(now) ? row.lastLoggedTime() : now;
        Report failure = new Report(
                at,
                Optional.of(JobStatus.FAILED),
                Optional.of(JobTexts.MAXIMUM_OF_RESCHEDULINGS),
                Optional.empty(),
                JobTexts.JOB_MANAGER);
        return ReportRules.apply(row, List.of(failure), false, true, at);
    }

    private static RescheduledJob rescheduled(JobRow row, SentBack back) {
        return new RescheduledJob(
                JobStatus.RECEIVED,
                JobTexts.JOB_RESCHEDULED,
                JobTexts.UNKNOWN,
                back.site(),
                row.userPriority(),
                back.at(),
                back.rescheduleCounter());
    }
}
