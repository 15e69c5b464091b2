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
import org.diracee.kernel.value.JobId;
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
     * The stager is done with the files of a job: the job goes on with JobScheduling, or stays where it is and says that they could
     * not be staged.
     *
     * @return false if the job is not in Staging; then nothing is changed
     */
    @Requires(callers = CallerKind.SYSTEM)
    public boolean answered(Caller caller, JobId id, boolean staged) {
        Optional<JobRow> found = jobs.lock(List.of(id)).stream()
                .filter(row -> row.status() == JobStatus.STAGING)
                .findFirst();
        found.ifPresent(row -> {
            Instant now = clock.instant();
            Instant at = row.lastLoggedTime().isAfter(now) ? row.lastLoggedTime() : now;
            Report report = new Report(
                    at,
                    staged ? Optional.of(JobStatus.CHECKING) : Optional.empty(),
                    Optional.of(staged ? JobTexts.JOB_SCHEDULING : JobTexts.STAGING_FAILED),
                    Optional.empty(),
                    JobTexts.STAGER);
            changes.write(Map.of(id, row), Map.of(id, ReportRules.apply(row, List.of(report), false, false, at)), now);
            staging.remove(id);
        });
        return found.isPresent();
    }

    /** Jobs whose files nobody waits for any more, though the stager may have been asked for them. */
    @Requires(callers = CallerKind.SYSTEM)
    public List<JobId> abandoned(Caller caller, int limit) {
        return staging.abandoned(limit);
    }

    /**
     * The stager was told to forget a job.
     *
     * @return false if it is in Staging again
     */
    @Requires(callers = CallerKind.SYSTEM)
    public boolean forgotten(Caller caller, JobId job) {
        return staging.removeUnlessStaging(job);
    }
}
