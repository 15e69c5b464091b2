/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.explanation.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.wms.explanation.boundary.Explanation.HoldingPilot;
import org.diracee.wms.explanation.control.FailureReading;
import org.diracee.wms.explanation.control.FailureReading.EndedJob;
import org.diracee.wms.explanation.control.KnownResources;
import org.diracee.wms.explanation.control.StateRules;
import org.diracee.wms.explanation.control.WaitingRules;
import org.diracee.wms.explanation.entity.ExplanationRepository;
import org.diracee.wms.explanation.entity.ExplanationRepository.Place;
import org.diracee.wms.job.boundary.JobDetails;
import org.diracee.wms.job.boundary.JobMonitoring;
import org.diracee.wms.supply.boundary.Supply;
import org.diracee.wms.taskqueue.boundary.OpenQueue;
import org.diracee.wms.taskqueue.boundary.ResourceDescription;
import org.diracee.wms.taskqueue.boundary.TaskQueues;

/** Tells why a job waits, where it stands, or why it failed. */
@Stateless
public class JobExplanations {

    /** Parameters that tell something of a failure. */
    private static final List<String> TELLING =
            List.of("Error Message", "ApplicationError", "OutputSandboxMissingFiles", "MissingLFNs", "HostName");

    private static final int LOG_LINES = 5;
    private static final int MOST_CHARACTERS = 500;

    private JobMonitoring monitoring;
    private ExplanationRepository rows;
    private KnownResources resources;
    private FailureReading failures;
    private TaskQueues queues;
    private Supply supply;
    private Clock clock;

    protected JobExplanations() {} // for the container's proxy

    @Inject
    public JobExplanations(
            JobMonitoring monitoring,
            ExplanationRepository rows,
            KnownResources resources,
            FailureReading failures,
            TaskQueues queues,
            Supply supply,
            Clock clock) {
        this.monitoring = monitoring;
        this.rows = rows;
        this.resources = resources;
        this.failures = failures;
        this.queues = queues;
        this.supply = supply;
        this.clock = clock;
    }

    /** Explains a job to who may read it. */
    @Requires(
            value = {
                Property.NORMAL_USER,
                Property.JOB_ADMINISTRATOR,
                Property.JOB_MONITOR,
                Property.SERVICE_ADMINISTRATOR
            },
            callers = {CallerKind.USER, CallerKind.JOB})
    public Explanation explain(Caller caller, JobId id) {
        JobDetails job = monitoring.job(caller, id);
        Instant now = clock.instant();
        JobStatus status = JobStatus.parse(text(job, "Status"));
        Optional<Place> place = rows.place(id);
        Optional<WaitingRules.Conclusion> conclusion = Optional.empty();
        Optional<WaitingExplanation> waiting = Optional.empty();
        if (status == JobStatus.WAITING) {
            Optional<OpenQueue> queue = place.flatMap(Place::queue).flatMap(queues::find);
            if (queue.isPresent()) {
                ResourceChecks checks = resources.check(queue.get().definition());
                QueueStanding standing = standing(queue.get(), id, place.orElseThrow(), checks);
                conclusion = Optional.of(WaitingRules.conclude(
                        queue.get().definition().owner(),
                        resources.isHeld(queue.get().definition()),
                        checks,
                        standing,
                        now));
                waiting = conclusion.map(one -> new WaitingExplanation(one.reason(), standing, checks, one.estimate()));
            }
        }
        Optional<FailureExplanation> failure = status == JobStatus.FAILED || status == JobStatus.KILLED
                ? failure(caller, job, status)
                : Optional.empty();
        Optional<Instant> lease = status == JobStatus.MATCHED ? place.flatMap(Place::leaseUntil) : Optional.empty();
        StateRules.Standing standing = new StateRules.Standing(
                status,
                text(job, "MinorStatus"),
                text(job, "Site"),
                job.pilot().map(Object::toString),
                signOfLife(job),
                lease,
                failure);
        return new Explanation(
                id,
                status,
                text(job, "MinorStatus"),
                text(job, "ApplicationStatus"),
                conclusion.map(WaitingRules.Conclusion::sentence).orElseGet(() -> StateRules.sentence(standing, now)),
                job.attempt() > 0 ? Optional.of(signOfLife(job)) : Optional.empty(),
                pilot(job),
                lease,
                waiting,
                failure);
    }

    private QueueStanding standing(OpenQueue queue, JobId id, Place place, ResourceChecks checks) {
        List<OpenQueue> rivals = checks.all().stream()
                .filter(ResourceCheck::takes)
                .findFirst()
                .map(check -> rivals(queue, check.resource()))
                .orElse(List.of());
        double weights = rivals.stream().mapToDouble(OpenQueue::priority).sum();
        return new QueueStanding(
                queue.id(),
                queue.definition(),
                rows.ahead(queue.id(), place.priority(), id, QueueStanding.MOST_COUNTED),
                queue.priority(),
                rivals.size(),
                rivals.isEmpty() || rivals.size() >= QueueStanding.MOST_RIVALS || weights <= 0
                        ? Optional.empty()
                        : Optional.of(queue.priority() / weights),
                supply.handedOutInLastHour(queue.id()));
    }

    /** The open queues that fit the resource, the job's own among them. */
    private List<OpenQueue> rivals(OpenQueue queue, ResourceDescription resource) {
        queues.refresh(OptionalLong.empty());
        List<OpenQueue> fitting =
                queues.search(queue.definition().vo(), resource).drawAll(QueueStanding.MOST_RIVALS);
        return fitting.stream().anyMatch(one -> one.id() == queue.id())
                ? fitting
                : Stream.concat(fitting.stream(), Stream.of(queue)).toList();
    }

    private Optional<FailureExplanation> failure(Caller caller, JobDetails job, JobStatus status) {
        EndedJob ended = new EndedJob(job.id(), status, text(job, "MinorStatus"), text(job, "ApplicationStatus"));
        return Optional.ofNullable(failures.classify(List.of(ended)).get(job.id()))
                .map(failure -> new FailureExplanation(
                        failure.cause(), failure.meaning(), failure.source(), evidence(caller, job, failure)));
    }

    private List<String> evidence(Caller caller, JobDetails job, FailureExplanation failure) {
        List<String> evidence = new ArrayList<>(failure.evidence());
        for (String name : TELLING) {
            Optional.ofNullable(job.parameters().get(name))
                    .ifPresent(value -> evidence.add("parameter " + name + ": " + end(value)));
        }
        List<String> log = monitoring.log(caller, job.id()).stream()
                .map(line -> "log: " + line.statusTime() + " " + line.status() + ", " + line.minorStatus() + " ("
                        + line.source() + ")")
                .toList();
        evidence.addAll(log.subList(Math.max(0, log.size() - LOG_LINES), log.size()));
        return evidence;
    }

    /** The last words say what went wrong. */
    private static String end(String text) {
        return text.length() <= MOST_CHARACTERS ? text : "…" + text.substring(text.length() - MOST_CHARACTERS);
    }

    private Optional<HoldingPilot> pilot(JobDetails job) {
        return job.pilot().flatMap(stamp -> rows.pilot(stamp)
                .map(pilot -> new HoldingPilot(stamp.text(), pilot.status(), pilot.site(), pilot.lastUpdate())));
    }

    private static Instant signOfLife(JobDetails job) {
        return Stream.of("HeartBeatTime", "LastUpdateTime")
                .flatMap(column -> job.columns().getOrDefault(column, Optional.empty()).stream())
                .map(Instant.class::cast)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    private static String text(JobDetails job, String column) {
        return job.columns()
                .getOrDefault(column, Optional.empty())
                .map(Object::toString)
                .orElse("");
    }
}
