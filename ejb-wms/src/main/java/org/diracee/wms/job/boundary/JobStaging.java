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
import org.diracee.wms.job.entity.StageRequestRepository;

/**
 * What the stager says about jobs in Staging, and what it is to be told of those that are not any more.
 *
 * <p>The stager is asked only after the job is in Staging, so an answer need not wait for that.
 *
 * @see "WMS reference 8, updateJobFromStager"
 */
@Stateless
public class JobStaging {

    private JobRepository jobs;
    private StageRequestRepository staging;
    private JobChanges changes;
    private Clock clock;

    protected JobStaging() {} // for the container's proxy

    @Inject
    public JobStaging(JobRepository jobs, StageRequestRepository staging, JobChanges changes, Clock clock) {
        this.jobs = jobs;
        this.staging = staging;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * What the stager is to forget: nobody waits for these files any more, or something else was asked for the same job since.
     *
     * @param after the number of the request after which to look
     * @param span so many requests are looked through, as most are waited for
     */
    @Requires(callers = CallerKind.SYSTEM)
    public AbandonedRequests abandoned(Caller caller, long after, int span) {
        List<StageRequestRepository.Looked> looked = staging.look(after, span);
        return new AbandonedRequests(
                looked.stream()
                        .filter(StageRequestRepository.Looked::isAbandoned)
                        .map(StageRequestRepository.Looked::number)
                        .toList(),
                looked.size() < span ? 0 : looked.get(looked.size() - 1).number());
    }

    /**
     * The stager is done with a request: the job goes on with JobScheduling, or stays where it is and says that its files could
     * not be staged.
     *
     * @return false if nobody waits for this answer any more; then the job is not changed
     */
    @Requires(callers = CallerKind.SYSTEM)
    public boolean answered(Caller caller, long request, boolean staged) {
        Optional<JobRow> waiting = staging.job(request).flatMap(job -> jobs.lock(List.of(job)).stream()
                .filter(row -> row.status() == JobStatus.STAGING)
                .findFirst());
        if (waiting.isEmpty() || !staging.remove(request)) {
            return false;
        }
        JobRow row = waiting.get();
        Instant now = clock.instant();
        Instant at = row.lastLoggedTime().isAfter(now) ? row.lastLoggedTime() : now;
        Report report = new Report(
                at,
                staged ? Optional.of(JobStatus.CHECKING) : Optional.empty(),
                Optional.of(staged ? JobTexts.JOB_SCHEDULING : JobTexts.STAGING_FAILED),
                Optional.empty(),
                JobTexts.STAGER);
        changes.write(
                Map.of(row.id(), row),
                Map.of(row.id(), ReportRules.apply(row, List.of(report), false, false, at)),
                now);
        return true;
    }

    /** The stager was told to forget a request. */
    @Requires(callers = CallerKind.SYSTEM)
    public void forgotten(Caller caller, long request) {
        staging.remove(request);
    }
}
