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
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.wms.job.boundary.CheckResult.AskedStager;
import org.diracee.wms.job.boundary.CheckResult.Fails;
import org.diracee.wms.job.boundary.CheckResult.IsHeld;
import org.diracee.wms.job.boundary.CheckResult.Passed;
import org.diracee.wms.job.boundary.CheckResult.Stages;
import org.diracee.wms.job.boundary.CheckResult.Waits;
import org.diracee.wms.job.control.JobTexts;
import org.diracee.wms.job.entity.CounterChanges;
import org.diracee.wms.job.entity.CounterRepository;
import org.diracee.wms.job.entity.JobLogRepository;
import org.diracee.wms.job.entity.JobRepository;
import org.diracee.wms.job.entity.JobRepository.JobInCheck;
import org.diracee.wms.job.entity.JobRepository.Settled;
import org.diracee.wms.job.entity.JobRow;
import org.diracee.wms.job.entity.LogRecord;
import org.diracee.wms.job.entity.StageRequestRepository;
import org.diracee.wms.job.entity.StageRequestRepository.StageRequest;
import org.diracee.wms.taskqueue.boundary.QueueDefinition;
import org.diracee.wms.taskqueue.boundary.TaskQueues;
import org.jspecify.annotations.Nullable;

/**
 * The jobs in Checking: hands them to the optimizers that ask outside, and writes what these decide.
 *
 * @see "WMS reference 9"
 */
@Stateless
public class JobChecking {

    private static final int APPLICATION_STATUS_LENGTH = 255;
    private static final int DESCRIPTION_BYTES = 8 * 1024 * 1024;

    private JobRepository jobs;
    private StageRequestRepository staging;
    private JobLogRepository log;
    private CounterRepository counters;
    private TaskQueues queues;
    private Clock clock;

    protected JobChecking() {} // for the container's proxy

    @Inject
    public JobChecking(
            JobRepository jobs,
            StageRequestRepository staging,
            JobLogRepository log,
            CounterRepository counters,
            TaskQueues queues,
            Clock clock) {
        this.jobs = jobs;
        this.staging = staging;
        this.log = log;
        this.counters = counters;
        this.queues = queues;
        this.clock = clock;
    }

    /** Jobs that an optimizer should look at now, longest due first; fewer if their descriptions are long. */
    @Requires(callers = CallerKind.SYSTEM)
    public List<CheckedJob> due(Caller caller, int limit) {
        return checked(jobs.due(clock.instant(), limit, DESCRIPTION_BYTES), Map.of());
    }

    /** Jobs in Staging for whose files the stager should be asked now. */
    @Requires(callers = CallerKind.SYSTEM)
    public List<CheckedJob> toBeStaged(Caller caller, int limit) {
        Map<Long, Long> requests = staging.due(clock.instant(), limit).stream()
                .collect(Collectors.toMap(request -> request.job().number(), StageRequest::number));
        return checked(jobs.inCheck(requests.keySet()), requests);
    }

    private static List<CheckedJob> checked(List<JobInCheck> found, Map<Long, Long> stageRequests) {
        return found.stream()
                .map(job -> new CheckedJob(
                        job.id(),
                        job.vo(),
                        job.owner(),
                        job.ownerGroup(),
                        job.status(),
                        job.minorStatus(),
                        job.description(),
                        job.sweepIndex(),
                        job.sweepValues(),
                        job.rescheduleCounter(),
                        job.lastLogged(),
                        stageRequests.getOrDefault(job.id().number(), 0L)))
                .toList();
    }

    /**
     * Writes what was decided, all or none of it. A job that has moved since it was handed out is left alone.
     *
     * @return how many jobs had not
     */
    @Requires(callers = CallerKind.SYSTEM)
    public int settle(Caller caller, Collection<CheckResult> results) {
        Map<JobId, JobRow> rows = jobs
                .lock(results.stream().map(result -> result.job().id()).toList())
                .stream()
                .collect(Collectors.toMap(JobRow::id, Function.identity()));
        List<CheckResult> current = results.stream()
                .filter(result -> isCurrent(rows.get(result.job().id()), result.job()))
                .toList();
        Map<String, Long> ids = queues.open(current.stream()
                .map(CheckResult::ending)
                .filter(Waits.class::isInstance)
                .map(ending -> ((Waits) ending).queue())
                .toList());
        Instant now = clock.instant();
        List<Settled> settled = new ArrayList<>();
        List<Settled> toBeStaged = new ArrayList<>();
        List<LogRecord> records = new ArrayList<>();
        CounterChanges counted = new CounterChanges();
        for (CheckResult result : current) {
            JobRow row = Objects.requireNonNull(rows.get(result.job().id()));
            Instant at = row.lastLoggedTime().isAfter(now) ? row.lastLoggedTime() : now;
            for (Passed step : result.passed()) {
                records.add(new LogRecord(
                        row.id(), at, JobStatus.CHECKING, step.next(), JobTexts.UNKNOWN, step.optimizer()));
            }
            Settled end = settled(row, result, ids, at);
            settled.add(end);
            if (result.ending() instanceof Stages) {
                toBeStaged.add(end);
            } else if (result.ending() instanceof AskedStager) {
                staging.sent(result.job().stageRequest());
            } else if (result.ending() instanceof IsHeld held && result.job().isToBeStaged()) {
                staging.putOff(result.job().stageRequest(), at.plus(held.time()));
            }
            if (!isAlike(row, end)) {
                records.add(new LogRecord(
                        row.id(),
                        at,
                        end.status(),
                        end.minorStatus(),
                        end.applicationStatus(),
                        result.ending().optimizer()));
            }
            counted.move(
                    row.counter(), row.counter(end.status(), end.minorStatus()).at(end.site()));
        }
        jobs.settle(settled);
        staging.open(toBeStaged);
        log.append(records);
        counters.add(counted);
        return current.size();
    }

    /** Lets a job whose result cannot be written wait, so that it is not in the way of those behind it. */
    @Requires(callers = CallerKind.SYSTEM)
    public void putOff(Caller caller, CheckedJob job, Duration time) {
        Instant until = clock.instant().plus(time);
        jobs.putOff(job.id(), until);
        staging.putOff(job.stageRequest(), until);
    }

    private static boolean isCurrent(@Nullable JobRow row, CheckedJob job) {
        return row != null
                && row.status() == job.status()
                && row.minorStatus().equals(job.next())
                && row.rescheduleCounter() == job.rescheduleCounter()
                && row.lastLoggedTime().equals(job.lastLogged());
    }

    /** Tells whether a job is held on for the reason for which it was. */
    private static boolean isAlike(JobRow row, Settled end) {
        return end.status() == row.status()
                && end.minorStatus().equals(row.minorStatus())
                && end.applicationStatus().equals(row.applicationStatus());
    }

    private static Settled settled(JobRow row, CheckResult result, Map<String, Long> queueIds, Instant at) {
        if (result.ending() instanceof Waits waits) {
            QueueDefinition queue = waits.queue();
            return new Settled(
                    row.id(),
                    JobStatus.WAITING,
                    JobTexts.PILOT_AGENT_SUBMISSION,
                    JobTexts.UNKNOWN,
                    waits.site(),
                    queueIds.get(queue.digest()),
                    null,
                    at);
        }
        if (result.ending() instanceof Stages || result.ending() instanceof AskedStager) {
            return new Settled(
                    row.id(),
                    JobStatus.STAGING,
                    result.ending() instanceof Stages ? JobTexts.REQUEST_TO_BE_SENT : JobTexts.REQUEST_SENT,
                    JobTexts.UNKNOWN,
                    row.site(),
                    row.taskQueue(),
                    null,
                    at);
        }
        if (result.ending() instanceof IsHeld held) {
            return new Settled(
                    row.id(),
                    row.status(),
                    row.status() == JobStatus.STAGING ? row.minorStatus() : held.optimizer(),
                    cut(JobTexts.onHold(held.reason())),
                    row.site(),
                    row.taskQueue(),
                    at.plus(held.time()),
                    at);
        }
        Fails fails = (Fails) result.ending();
        return new Settled(
                row.id(),
                JobStatus.FAILED,
                JobTexts.failedAt(fails.optimizer()),
                cut(fails.reason()),
                row.site(),
                row.taskQueue(),
                null,
                at);
    }

    private static String cut(String text) {
        return text.length() <= APPLICATION_STATUS_LENGTH
                ? text
                : text.substring(0, APPLICATION_STATUS_LENGTH - 3) + "...";
    }
}
