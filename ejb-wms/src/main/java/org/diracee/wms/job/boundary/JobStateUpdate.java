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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.error.Problem;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.wms.job.control.JobLimits;
import org.diracee.wms.job.control.JobNotFound;
import org.diracee.wms.job.control.JobPolicy;
import org.diracee.wms.job.control.JobTexts;
import org.diracee.wms.job.control.MetadataRules;
import org.diracee.wms.job.control.Report;
import org.diracee.wms.job.control.ReportOutcome;
import org.diracee.wms.job.control.ReportRules;
import org.diracee.wms.job.entity.HeartBeatRepository;
import org.diracee.wms.job.entity.HeartBeatRepository.Measurement;
import org.diracee.wms.job.entity.HeartBeatRepository.Order;
import org.diracee.wms.job.entity.JobChange;
import org.diracee.wms.job.entity.JobParameterRepository;
import org.diracee.wms.job.entity.JobParameterRepository.Parameter;
import org.diracee.wms.job.entity.JobRepository;
import org.diracee.wms.job.entity.JobRow;
import org.jspecify.annotations.Nullable;

/**
 * Takes what users, pilots and wrappers report about jobs, many jobs per call.
 *
 * <p>A user without JobAdministrator, a pilot or a wrapper who names a job that is not his is refused as a whole; for an
 * administrator unknown jobs fail alone. A wrapper whose attempt has lost the job gets {@link StaleAttempt}.
 *
 * @see "WMS reference 8"
 */
@Stateless
public class JobStateUpdate {

    private static final String STANDARD_OUTPUT = "StandardOutput";

    private JobRepository jobs;
    private HeartBeatRepository heartBeats;
    private JobParameterRepository parameters;
    private JobChanges changes;
    private Clock clock;

    protected JobStateUpdate() {} // for the container's proxy

    @Inject
    public JobStateUpdate(
            JobRepository jobs,
            HeartBeatRepository heartBeats,
            JobParameterRepository parameters,
            JobChanges changes,
            Clock clock) {
        this.jobs = jobs;
        this.heartBeats = heartBeats;
        this.parameters = parameters;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * Writes reports with their times. A move that the state table does not allow is logged with the source's name
     * marked {@code (SM)} and leaves the status as it was; a report older than what is logged is only logged.
     *
     * @param force also moves that the state table does not allow; users only
     */
    @Requires(callers = {CallerKind.USER, CallerKind.PILOT, CallerKind.JOB, CallerKind.SYSTEM})
    public BulkResult<JobId, StatusWritten> status(
            Caller caller, Map<JobId, Map<Instant, StatusReport>> reports, boolean force) {
        if (force && !(caller instanceof Caller.User)) {
            throw new Forbidden("Only users may force a status");
        }
        JobLimits.requireAtMost(JobLimits.JOBS_PER_REQUEST, reports.size(), "jobs");
        Map<JobId, List<Report>> checked = new LinkedHashMap<>();
        reports.forEach((job, timed) -> checked.put(job, checked(job, timed)));
        Map<JobId, JobRow> rows = JobPolicy.changeable(caller, checked.keySet(), jobs.lock(checked.keySet()));
        boolean byHolder = caller instanceof Caller.Pilot || caller instanceof Caller.Job;
        Instant now = clock.instant();
        Map<JobId, ReportOutcome> outcomes = new LinkedHashMap<>();
        rows.forEach((id, row) ->
                outcomes.put(id, ReportRules.apply(row, checked.getOrDefault(id, List.of()), byHolder, force, now)));
        changes.write(rows, outcomes, now);
        Map<JobId, StatusWritten> success = new LinkedHashMap<>();
        outcomes.forEach((id, outcome) -> success.put(id, written(Objects.requireNonNull(rows.get(id)), outcome)));
        return new BulkResult<>(success, missing(checked.keySet(), rows.keySet()));
    }

    /** Keeps signs of life; a job in Matched or Stalled runs. Orders in {@code success} are handed out this once. */
    @Requires(callers = {CallerKind.USER, CallerKind.PILOT, CallerKind.JOB})
    public BulkResult<JobId, List<JobCommand>> heartbeat(Caller caller, Map<JobId, HeartBeat> beats) {
        JobLimits.requireAtMost(JobLimits.JOBS_PER_REQUEST, beats.size(), "jobs");
        Map<JobId, JobRow> rows = JobPolicy.changeable(caller, beats.keySet(), jobs.lock(beats.keySet()));
        Instant now = clock.instant();
        jobs.beat(rows.keySet(), now);
        changes.write(rows, alive(rows, now), now);
        List<Measurement> measurements = new ArrayList<>();
        List<Parameter> outputs = new ArrayList<>();
        for (JobId id : rows.keySet()) {
            HeartBeat beat = Objects.requireNonNull(beats.get(id));
            if (beat.hasMeasurements()) {
                measurements.add(measurement(id, beat));
            }
            beat.standardOutput()
                    .ifPresent(text -> outputs.add(new Parameter(
                            id, STANDARD_OUTPUT, JobLimits.text(STANDARD_OUTPUT, text, JobLimits.PARAMETER_LENGTH))));
        }
        heartBeats.append(measurements, now);
        parameters.put(outputs);
        Map<JobId, List<JobCommand>> commands = heartBeats.takeOrders(rows.keySet(), now).stream()
                .collect(Collectors.groupingBy(
                        Order::job, Collectors.mapping(JobStateUpdate::command, Collectors.toList())));
        Map<JobId, List<JobCommand>> success = new LinkedHashMap<>();
        rows.forEach((id, row) -> success.put(id, commands.getOrDefault(id, remaining(row, caller))));
        return new BulkResult<>(success, missing(beats.keySet(), rows.keySet()));
    }

    /**
     * Sets columns of jobs that may be set, by their DIRAC names, and job parameters under any other name.
     *
     * @param values per job its values as text
     * @throws InvalidRequest if a value is of no use or its column cannot be set; then nothing was changed
     */
    @Requires(callers = {CallerKind.USER, CallerKind.PILOT, CallerKind.JOB})
    public BulkResult<JobId, Boolean> metadata(Caller caller, Map<JobId, Map<String, String>> values) {
        JobLimits.requireAtMost(JobLimits.JOBS_PER_REQUEST, values.size(), "jobs");
        Map<JobId, MetadataRules.Metadata> checked = new LinkedHashMap<>();
        values.forEach((job, named) -> checked.put(job, MetadataRules.read(job, named)));
        Map<JobId, JobRow> rows = JobPolicy.changeable(caller, checked.keySet(), jobs.lock(checked.keySet()));
        List<Parameter> named = new ArrayList<>();
        Map<JobId, Boolean> success = new LinkedHashMap<>();
        for (JobRow row : rows.values()) {
            MetadataRules.Metadata metadata = Objects.requireNonNull(checked.get(row.id()));
            metadata.parameters().forEach((name, value) -> named.add(new Parameter(row.id(), name, value)));
            changes.setColumns(row, metadata.columns());
            success.put(row.id(), true);
        }
        parameters.put(named);
        return new BulkResult<>(success, missing(checked.keySet(), rows.keySet()));
    }

    /** The answer with the order may have been lost: a wrapper that lives on in a killed job is told again. */
    private static List<JobCommand> remaining(JobRow row, Caller caller) {
        boolean livesOn =
                caller instanceof Caller.Job && (row.status() == JobStatus.KILLED || row.status() == JobStatus.DELETED);
        return livesOn ? List.of(new JobCommand(row.id(), JobTexts.KILL, Optional.empty())) : List.of();
    }

    private static Map<JobId, ReportOutcome> alive(Map<JobId, JobRow> rows, Instant now) {
        Map<JobId, ReportOutcome> outcomes = new LinkedHashMap<>();
        for (JobRow row : rows.values()) {
            if (row.status() == JobStatus.MATCHED || row.status() == JobStatus.STALLED) {
                Report running = new Report(
                        row.lastLoggedTime().isAfter(now) ? row.lastLoggedTime() : now,
                        Optional.of(JobStatus.RUNNING),
                        Optional.empty(),
                        Optional.empty(),
                        JobTexts.HEARTBEAT);
                // the server's own time, so it is nothing that the holder's later reports are compared with
                outcomes.put(row.id(), ReportRules.apply(row, List.of(running), false, false, now));
            }
        }
        return outcomes;
    }

    private static List<Report> checked(JobId job, Map<Instant, StatusReport> timed) {
        JobLimits.requireAtMost(JobLimits.REPORTS_PER_JOB, timed.size(), "reports about job " + job);
        if (timed.isEmpty()) {
            throw new InvalidRequest("Job " + job + " has no report; at least one is needed");
        }
        List<Report> reports = new ArrayList<>(timed.size());
        timed.forEach((time, report) -> reports.add(new Report(
                time,
                report.status(),
                report.minorStatus().map(text -> JobLimits.text("MinorStatus", text, JobLimits.MINOR_STATUS_LENGTH)),
                report.applicationStatus()
                        .map(text -> JobLimits.text("ApplicationStatus", text, JobLimits.APPLICATION_STATUS_LENGTH)),
                JobLimits.text("Source", report.source(), JobLimits.APPLICATION_STATUS_LENGTH))));
        return reports;
    }

    private static StatusWritten written(JobRow before, ReportOutcome outcome) {
        if (outcome.change().isEmpty()) {
            return new StatusWritten(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
        JobChange after = outcome.change().get();
        return new StatusWritten(
                Optional.of(after.status()),
                Optional.of(after.minorStatus()),
                Optional.of(after.applicationStatus()),
                changed(before.heartBeatTime(), after.heartBeatTime()),
                changed(before.startExecTime(), after.startExecTime()),
                changed(before.endExecTime(), after.endExecTime()),
                Optional.of(after.lastUpdateTime()));
    }

    private static <T> Optional<T> changed(@Nullable T before, @Nullable T after) {
        return Objects.equals(before, after) ? Optional.empty() : Optional.ofNullable(after);
    }

    private static Map<JobId, Problem> missing(Collection<JobId> asked, Set<JobId> found) {
        Map<JobId, Problem> missing = new LinkedHashMap<>();
        asked.stream().filter(id -> !found.contains(id)).forEach(id -> missing.put(id, JobNotFound.problem(id)));
        return missing;
    }

    private static JobCommand command(Order order) {
        return new JobCommand(order.job(), order.command(), Optional.ofNullable(order.arguments()));
    }

    private static Measurement measurement(JobId job, HeartBeat beat) {
        return new Measurement(
                job,
                orNull(beat.loadAverage()),
                orNull(beat.memoryUsed()),
                orNull(beat.vsize()),
                orNull(beat.availableDiskSpace()),
                orNull(beat.cpuConsumed()),
                orNull(beat.wallClockTime()));
    }

    private static @Nullable Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
