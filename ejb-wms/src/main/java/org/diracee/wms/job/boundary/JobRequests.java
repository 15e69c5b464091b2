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
import org.diracee.wms.job.control.JobLimits;
import org.diracee.wms.job.control.JobTexts;
import org.diracee.wms.job.control.Report;
import org.diracee.wms.job.control.ReportRules;
import org.diracee.wms.job.control.RequestsDone;
import org.diracee.wms.job.entity.JobLogRepository;
import org.diracee.wms.job.entity.JobParameterRepository;
import org.diracee.wms.job.entity.JobParameterRepository.Parameter;
import org.diracee.wms.job.entity.JobRepository;
import org.diracee.wms.job.entity.JobRow;
import org.diracee.wms.job.entity.LogRecord;

/**
 * Lets jobs go on whose requests to data management are done.
 *
 * @see "RMS reference 7 and 11.7"
 */
@Stateless
public class JobRequests {

    private static final String PENDING_REQUEST = "PendingRequest";

    private JobRepository jobs;
    private JobLogRepository log;
    private JobParameterRepository parameters;
    private JobChanges changes;
    private Clock clock;

    protected JobRequests() {} // for the container's proxy

    @Inject
    public JobRequests(
            JobRepository jobs,
            JobLogRepository log,
            JobParameterRepository parameters,
            JobChanges changes,
            Clock clock) {
        this.jobs = jobs;
        this.log = log;
        this.parameters = parameters;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * The requests of a job are done, all of them. A stalled job gets the status back that it had before; one that waited for them
     * ends; of one in Checking or Staging nothing changes but the parameter, of any other only the minor status. Saying so again is no harm.
     *
     * @param digest what the requests did, for the job's parameter {@code PendingRequest}
     * @return false if there is no such job
     * @throws org.diracee.wms.job.control.UnexpectedMinorStatus if it is Completed for a reason that requests have nothing to do with
     */
    @Requires(callers = CallerKind.SYSTEM)
    public boolean done(Caller caller, JobId id, String digest) {
        Optional<JobRow> found = jobs.lock(List.of(id)).stream().findFirst();
        found.ifPresent(row -> finish(row, digest));
        return found.isPresent();
    }

    private void finish(JobRow row, String digest) {
        if (row.status() != JobStatus.CHECKING && row.status() != JobStatus.STAGING) {
            end(row);
        } // else its minor status says what the server does next, in a later attempt
        parameters.put(List.of(new Parameter(
                row.id(), PENDING_REQUEST, JobLimits.text(PENDING_REQUEST, digest, JobLimits.PARAMETER_LENGTH))));
    }

    private void end(JobRow row) {
        Instant now = clock.instant();
        Instant at = row.lastLoggedTime().isAfter(now) ? row.lastLoggedTime() : now;
        Optional<LogRecord> before =
                row.status() == JobStatus.STALLED ? log.lastBeside(row.id(), JobStatus.STALLED) : Optional.empty();
        JobStatus status = before.map(LogRecord::status).orElse(row.status());
        JobStatus next = RequestsDone.next(
                        status, before.map(LogRecord::minorStatus).orElse(row.minorStatus()))
                .orElse(status);
        Report report = new Report(
                at,
                Optional.of(next),
                Optional.of(JobTexts.REQUESTS_DONE),
                before.map(LogRecord::applicationStatus),
                JobTexts.REQUESTS);
        // Killed is not allowed to users from Completed: there it is the end of a kill that had to wait
        changes.write(
                Map.of(row.id(), row), Map.of(row.id(), ReportRules.apply(row, List.of(report), false, true, at)), now);
    }
}
