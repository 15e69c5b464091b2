/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.wms.job.control.JobSettings;
import org.diracee.wms.job.control.JobTexts;
import org.diracee.wms.job.entity.CounterChanges;
import org.diracee.wms.job.entity.CounterRepository;
import org.diracee.wms.job.entity.HeartBeatRepository;
import org.diracee.wms.job.entity.JobLogRepository;
import org.diracee.wms.job.entity.JobParameterRepository;
import org.diracee.wms.job.entity.JobRepository;
import org.diracee.wms.job.entity.JobRepository.SentBack;
import org.diracee.wms.job.entity.JobRow;
import org.diracee.wms.job.entity.LogRecord;
import org.diracee.wms.taskqueue.boundary.TaskQueues;

/**
 * Sends jobs back to their queues: whoever holds them has lost them, their parameters go to the attic, and they wait
 * again, those with input data once the optimizers have looked at them anew. The attempt rises when a pilot gets them the next time.
 */
@ApplicationScoped
public class JobReturn {

    private static final String ANY_SITE = "ANY";
    private static final String SEVERAL_SITES = "Multiple";

    private JobRepository jobs;
    private JobLogRepository log;
    private JobParameterRepository parameters;
    private HeartBeatRepository orders;
    private CounterRepository counters;
    private TaskQueues queues;
    private ConfigurationService configuration;

    protected JobReturn() {} // for the container's proxy

    @Inject
    public JobReturn(
            JobRepository jobs,
            JobLogRepository log,
            JobParameterRepository parameters,
            HeartBeatRepository orders,
            CounterRepository counters,
            TaskQueues queues,
            ConfigurationService configuration) {
        this.jobs = jobs;
        this.log = log;
        this.parameters = parameters;
        this.orders = orders;
        this.counters = counters;
        this.queues = queues;
        this.configuration = configuration;
    }

    /**
     * Sends locked jobs back.
     *
     * @param source who does so
     * @return the jobs as they wait now, in the same order
     */
    @OpenAccess("the calling service has checked the caller")
    public List<SentBack> sendBack(Collection<Returning> returning, String source, Instant now) {
        Map<Long, List<String>> sites = queues.reopen(returning.stream()
                .map(back -> Objects.requireNonNull(back.job().taskQueue()))
                .toList());
        Set<JobId> checked =
                jobs.checked(returning.stream().map(back -> back.job().id()).toList());
        JobSettings settings = new JobSettings(configuration.current());
        List<SentBack> sentBack = new ArrayList<>();
        List<LogRecord> records = new ArrayList<>();
        CounterChanges counted = new CounterChanges();
        for (Returning back : returning) {
            JobRow job = back.job();
            Instant at = job.lastLoggedTime().isAfter(now) ? job.lastLoggedTime() : now;
            SentBack sent = sentBack(
                    back,
                    site(sites.getOrDefault(job.taskQueue(), List.of())),
                    checked.contains(job.id()),
                    settings,
                    at);
            sentBack.add(sent);
            records.add(record(job, at, JobStatus.RESCHEDULED, back.reason(), source));
            records.add(record(job, at, JobStatus.RECEIVED, JobTexts.JOB_RESCHEDULED, JobTexts.JOB_MANAGER));
            records.add(new LogRecord(
                    job.id(),
                    at,
                    sent.status(),
                    sent.minorStatus(),
                    sent.applicationStatus(),
                    sent.minorStatus().equals(JobTexts.JOB_SANITY) ? JobTexts.JOB_PATH : JobTexts.JOB_SCHEDULING));
            counted.move(
                    job.counter(),
                    job.counter(sent.status(), sent.minorStatus()).at(sent.site()));
            parameters.putAway(job.id(), job.rescheduleCounter());
        }
        orders.dropOrders(sentBack.stream().map(SentBack::id).toList());
        jobs.sendBack(sentBack);
        log.append(records);
        counters.add(counted);
        return sentBack;
    }

    /** A job that never ran goes back to its place; others start anew, as the optimizers and the VO's delays want it. */
    private static SentBack sentBack(Returning back, String site, boolean checked, JobSettings settings, Instant at) {
        JobRow job = back.job();
        int counter = back.rescheduleCounter();
        boolean anew = job.status() != JobStatus.MATCHED || counter != job.rescheduleCounter();
        Duration delay = anew ? settings.rescheduleDelay(job.vo(), counter) : Duration.ZERO;
        if (!delay.isZero()) {
            return new SentBack(
                    job.id(),
                    JobStatus.CHECKING,
                    checked ? JobTexts.JOB_SANITY : JobTexts.JOB_SCHEDULING,
                    JobTexts.onHold("for " + delay.toSeconds() + " s after rescheduling " + counter),
                    site,
                    counter,
                    at,
                    at.plus(delay));
        }
        return anew && checked
                ? new SentBack(
                        job.id(), JobStatus.CHECKING, JobTexts.JOB_SANITY, JobTexts.UNKNOWN, site, counter, at, null)
                : new SentBack(
                        job.id(),
                        JobStatus.WAITING,
                        JobTexts.PILOT_AGENT_SUBMISSION,
                        JobTexts.UNKNOWN,
                        site,
                        counter,
                        at,
                        null);
    }

    private static LogRecord record(JobRow job, Instant at, JobStatus status, String minorStatus, String source) {
        return new LogRecord(job.id(), at, status, minorStatus, JobTexts.UNKNOWN, source);
    }

    private static String site(List<String> sites) {
        return switch (sites.size()) {
            case 0 -> ANY_SITE;
            case 1 -> sites.get(0);
            default -> SEVERAL_SITES;
        };
    }

    /**
     * A job to send back.
     *
     * @param reason minor status of the log's line that tells of it
     * @param rescheduleCounter how often it has then been rescheduled
     */
    public record Returning(JobRow job, String reason, int rescheduleCounter) {}
}
