/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import static org.diracee.wms.log.boundary.WmsLog.LOG;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.wms.job.boundary.JobReturn.Returning;
import org.diracee.wms.job.control.JobSettings;
import org.diracee.wms.job.control.JobTexts;
import org.diracee.wms.job.control.Report;
import org.diracee.wms.job.control.ReportOutcome;
import org.diracee.wms.job.control.ReportRules;
import org.diracee.wms.job.control.Silence;
import org.diracee.wms.job.entity.HeartBeatRepository;
import org.diracee.wms.job.entity.JobRepository;
import org.diracee.wms.job.entity.JobRepository.HeldJob;
import org.diracee.wms.job.entity.JobRow;

/**
 * Finds jobs whose pilot was lost or never started them, and brings each to a truthful status. Every method that changes
 * a job looks again with the job locked: what has recovered meanwhile is left alone.
 *
 * @see "WMS reference 14, StalledJobAgent"
 */
@Stateless
public class JobRecovery {

    private static final String LEASE_OVER = "Pilot did not start the job in time";
    private static final String LEFT_BEHIND = "Rescheduling was left unfinished";

    private JobRepository jobs;
    private HeartBeatRepository orders;
    private JobReturn jobReturn;
    private JobChanges changes;
    private ConfigurationService configuration;
    private Clock clock;

    protected JobRecovery() {} // for the container's proxy

    @Inject
    public JobRecovery(
            JobRepository jobs,
            HeartBeatRepository orders,
            JobReturn jobReturn,
            JobChanges changes,
            ConfigurationService configuration,
            Clock clock) {
        this.jobs = jobs;
        this.orders = orders;
        this.jobReturn = jobReturn;
        this.changes = changes;
        this.configuration = configuration;
        this.clock = clock;
    }

    /** Matched jobs that their pilots did not start in time. */
    @Requires(callers = CallerKind.SYSTEM)
    public List<JobId> leasesOver(Caller caller, int limit) {
        return jobs.leaseOver(clock.instant(), limit);
    }

    /** Jobs in this status that gave no sign of life for so long. */
    @Requires(callers = CallerKind.SYSTEM)
    public List<JobId> silent(Caller caller, JobStatus status, Silence silence, int limit) {
        Instant since = clock.instant().minus(silence.everywhere());
        return jobs.silent(status, since, silence.tolerantSites(), since.minus(silence.tolerance()), limit);
    }

    /** Jobs held by pilots that have ended. */
    @Requires(callers = CallerKind.SYSTEM)
    public List<HeldJob> heldByEndedPilots(Caller caller, int limit) {
        return jobs.heldByEndedPilots(limit);
    }

    /** Jobs that this pilot holds. */
    @Requires(callers = CallerKind.SYSTEM)
    public List<HeldJob> heldBy(Caller caller, PilotStamp pilot) {
        return jobs.heldBy(pilot);
    }

    /** A job goes back to its queue if it is matched still and its lease is over. It costs no rescheduling: it never ran. */
    @Requires(callers = CallerKind.SYSTEM)
    public boolean takeBack(Caller caller, JobId id) {
        Instant now = clock.instant();
        return withLocked(
                id,
                row -> row.status() == JobStatus.MATCHED
                        && row.leaseUntil() != null
                        && row.leaseUntil().isBefore(now),
                row -> sendBack(caller, row, LEASE_OVER, now));
    }

    /** A job left in Rescheduled goes back to its queue. */
    @Requires(callers = CallerKind.SYSTEM)
    public boolean goOn(Caller caller, JobId id) {
        return withLocked(
                id,
                row -> row.status() == JobStatus.RESCHEDULED,
                row -> sendBack(caller, row, LEFT_BEHIND, clock.instant()));
    }

    /** A job that its ended pilot holds still: back to its queue if it never ran, else Failed. */
    @Requires(callers = CallerKind.SYSTEM)
    public boolean pilotEnded(Caller caller, HeldJob held) {
        Instant now = clock.instant();
        return withLocked(
                held.id(), row -> row.status().isHeldByPilot() && held.pilot().equals(row.pilot()), row -> {
                    if (row.status() == JobStatus.MATCHED) {
                        sendBack(caller, row, JobTexts.PILOT_NOT_RUNNING, now);
                    } else {
                        report(caller, row, JobStatus.FAILED, Optional.of(JobTexts.PILOT_NOT_RUNNING), now);
                    }
                });
    }

    /** A running job that has been silent for too long becomes Stalled. */
    @Requires(callers = CallerKind.SYSTEM)
    public boolean stall(Caller caller, JobId id, Silence silence) {
        Instant now = clock.instant();
        return withLocked(
                id,
                row -> (row.status() == JobStatus.RUNNING || row.status() == JobStatus.COMPLETING)
                        && silence.isOver(row, now),
                row -> report(caller, row, JobStatus.STALLED, Optional.empty(), now));
    }

    /**
     * A stalled job that has been silent for too long has Failed, and its wrapper, should it live, is told to stop; at sites
     * where that is configured it is rescheduled instead, as often as its VO allows.
     */
    @Requires(callers = CallerKind.SYSTEM)
    public boolean giveUp(Caller caller, JobId id, Silence silence) {
        Instant now = clock.instant();
        return withLocked(id, row -> row.status() == JobStatus.STALLED && silence.isOver(row, now), row -> {
            String reason = JobTexts.stallingFor(silence.at(row.site()).toSeconds());
            JobSettings settings = settings(caller);
            int counter = row.rescheduleCounter() + 1;
            if (settings.reschedulesStalled(row.site()) && counter <= settings.maxRescheduling(row.vo())) {
                sendBack(caller, new Returning(row, reason, counter), now);
            } else {
                report(caller, row, JobStatus.FAILED, Optional.of(reason), now);
                orders.order(List.of(row.id()), JobTexts.KILL, now);
            }
        });
    }

    /** The settings in force. */
    @Requires(callers = CallerKind.SYSTEM)
    public JobSettings settings(Caller caller) {
        return new JobSettings(configuration.current());
    }

    private boolean withLocked(JobId id, Predicate<JobRow> still, Consumer<JobRow> change) {
        Optional<JobRow> row = jobs.lock(List.of(id)).stream().filter(still).findFirst();
        row.ifPresent(change);
        return row.isPresent();
    }

    /** It never ran, so that costs no rescheduling. */
    private void sendBack(Caller caller, JobRow row, String reason, Instant now) {
        sendBack(caller, new Returning(row, reason, row.rescheduleCounter()), now);
    }

    private void sendBack(Caller caller, Returning returning, Instant now) {
        LOG.jobReturned(returning.job().id(), returning.reason());
        jobReturn.sendBack(List.of(returning), source(caller), now);
    }

    private void report(Caller caller, JobRow row, JobStatus status, Optional<String> minorStatus, Instant now) {
        Instant at = row.lastLoggedTime().isAfter(now) ? row.lastLoggedTime() : now;
        LOG.jobLost(row.id(), status, minorStatus.orElse(row.minorStatus()));
        Report report = new Report(at, Optional.of(status), minorStatus, Optional.empty(), source(caller));
        ReportOutcome outcome = ReportRules.apply(row, List.of(report), false, false, at);
        if (status == JobStatus.STALLED) {
            // the agent's word is no sign of life: the job's silence goes on counting
            outcome = outcome.lastUpdatedAt(row.lastUpdateTime());
        }
        changes.write(Map.of(row.id(), row), Map.of(row.id(), outcome), now);
    }

    private static String source(Caller caller) {
        return caller instanceof Caller.System system ? system.agent() : JobTexts.UNKNOWN;
    }
}
