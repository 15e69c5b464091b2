/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import static org.diracee.wms.log.boundary.WmsLog.LOG;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.diracee.framework.agent.boundary.AgentLease;
import org.diracee.framework.agent.boundary.LeaseLost;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.framework.suspension.boundary.SuspensionList;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.ban.boundary.BanList;
import org.diracee.wms.matching.boundary.MatchingLimits;
import org.diracee.wms.pilot.boundary.IssuedPilot;
import org.diracee.wms.pilot.boundary.PilotCount;
import org.diracee.wms.pilot.boundary.PilotManager;
import org.diracee.wms.sitedirector.control.CeQueue;
import org.diracee.wms.sitedirector.control.ComputingElement;
import org.diracee.wms.sitedirector.control.ComputingElementFailure;
import org.diracee.wms.sitedirector.control.CycleFacts;
import org.diracee.wms.sitedirector.control.Occupancy;
import org.diracee.wms.sitedirector.control.PilotLaunch;
import org.diracee.wms.sitedirector.control.QuotaLedger;
import org.diracee.wms.sitedirector.control.SiteDirectorSettings;
import org.diracee.wms.sitedirector.control.SubmissionOutcome;
import org.diracee.wms.sitedirector.control.SubmissionPlan;
import org.diracee.wms.sitedirector.control.WrongPilotPlan;
import org.diracee.wms.taskqueue.boundary.TaskQueues;
import org.diracee.wms.taskqueue.boundary.WaitingQueue;

/** One round at one queue: follows its pilots, then submits as many new ones as waiting work calls for. */
@ApplicationScoped
public class CeRound {

    /** How long a pilot that runs is expected to take its first job; until then no other is sent for that job. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** How long a round goes on sending jobs one by one, so that other queues have their turn. */
    private static final Duration PUSHING = Duration.ofSeconds(5);

    private final QuotaLedger ledger = new QuotaLedger();

    private PilotFollowing following;
    private PilotIntentions intentions;
    private PilotPush push;
    private PilotManager pilots;
    private TaskQueues taskQueues;
    private MatchingLimits limits;
    private PilotFactories factories;
    private Registry registry;
    private BanList bans;
    private SuspensionList suspensions;
    private QueueNotes notes;
    private SiteDirectorSettings settings;
    private ConfigurationService configuration;
    private Clock clock;

    protected CeRound() {} // for the container's proxy

    @Inject
    public CeRound(
            PilotFollowing following,
            PilotIntentions intentions,
            PilotPush push,
            PilotManager pilots,
            TaskQueues taskQueues,
            MatchingLimits limits,
            PilotFactories factories,
            Registry registry,
            BanList bans,
            SuspensionList suspensions,
            QueueNotes notes,
            SiteDirectorSettings settings,
            ConfigurationService configuration,
            Clock clock) {
        this.following = following;
        this.intentions = intentions;
        this.push = push;
        this.pilots = pilots;
        this.taskQueues = taskQueues;
        this.limits = limits;
        this.factories = factories;
        this.registry = registry;
        this.bans = bans;
        this.suspensions = suspensions;
        this.notes = notes;
        this.settings = settings;
        this.configuration = configuration;
        this.clock = clock;
    }

    /** Reads what the rounds of a cycle have in common. */
    @Requires(callers = CallerKind.SYSTEM)
    public CycleFacts begin(Caller caller, List<CeQueue> queues) {
        Configuration snapshot = configuration.current();
        Map<String, List<PilotCount>> counts = pilots.counts(caller, PATIENCE);
        int most = queues.stream().mapToInt(CeQueue::maxTotal).max().orElse(0);
        ledger.begin((slot, vo) -> counts.getOrDefault(slot.toString(), List.of()).stream()
                .filter(count -> count.vo().equals(vo))
                .mapToInt(count -> count.waiting() + count.expectant())
                .sum());
        // our own factory does without
        boolean isHistoryWanted = queues.stream()
                .anyMatch(queue -> !settings.pilotFactory(snapshot, queue).equals(FairPilots.NAME));
        return new CycleFacts(
                counts,
                pilots.uncleanedSlots(caller, settings.reapDelay(snapshot)),
                taskQueues.waitingWork(
                        caller, registry.vos(), Math.max(1, most) + settings.maxPilotsToSubmit(snapshot)),
                isHistoryWanted ? notes.histories() : Map.of());
    }

    /**
     * Serves the queue once.
     *
     * @throws ComputingElementFailure if the computing element did not answer
     */
    @Requires(callers = CallerKind.SYSTEM)
    public RoundReport serve(
            Caller caller, Optional<AgentLease> lease, ComputingElement element, CeQueue queue, CycleFacts facts) {
        RoundReport followed = following.follow(caller, element, queue, facts);
        List<PilotCount> counts =
                followed.ended() > 0 ? pilots.counts(caller, queue.slot(), PATIENCE) : facts.counts(queue.slot());
        Optional<String> obstacle = queue.isPush() ? push.obstacle(caller, element) : Optional.empty();
        if (obstacle.isPresent()) {
            notes.failed(queue.slot(), 1, obstacle.get(), Optional.empty());
            return followed.plus(new RoundReport(0, 0, 1));
        }
        Occupancy occupancy = element.occupancy(queue).orElseGet(() -> occupancy(counts));
        int free = SubmissionPlan.free(queue, occupancy);
        element.reap(queue, () -> following.known(caller, queue));
        RoundReport submitted = RoundReport.NOTHING;
        Instant enough = clock.instant().plus(PUSHING);
        try {
            Map<VoName, Integer> plan = plan(queue, counts, facts, free);
            if (plan.values().stream().anyMatch(number -> number > 0)) {
                element.prepare(queue);
            }
            for (Map.Entry<VoName, Integer> share : plan.entrySet()) {
                submitted =
                        submitted.plus(submit(caller, lease, element, queue, share.getKey(), share.getValue(), enough));
            }
        } catch (WrongPilotPlan wrong) {
            LOG.wrongPilotPlan(queue.slot().toString(), wrong);
            notes.failed(queue.slot(), 1, wrong.detail(), Optional.empty());
            return followed.plus(new RoundReport(0, 0, 1));
        }
        notes.served(queue.slot(), Math.max(0, free - submitted.submitted()));
        return followed.plus(submitted);
    }

    private Map<VoName, Integer> plan(CeQueue queue, List<PilotCount> counts, CycleFacts facts, int free) {
        Configuration snapshot = configuration.current();
        int most = Math.min(free, settings.maxPilotsToSubmit(snapshot));
        if (most == 0) {
            return Map.of();
        }
        Map<VoName, List<WaitingQueue>> work = new LinkedHashMap<>();
        Map<VoName, QueueDemand.OfVo> vos = new LinkedHashMap<>();
        for (VoName vo : registry.vos()) {
            if (queue.serves(vo)) {
                PilotCount count = counts.stream()
                        .filter(known -> known.vo().equals(vo))
                        // of those that are on their way to a push queue, each has its job, which waits no more
                        .map(known -> queue.isPush() ? new PilotCount(vo, 0, 0, known.running()) : known)
                        .findFirst()
                        .orElse(new PilotCount(vo, 0, 0, 0));
                List<WaitingQueue> fitting = facts.work().matching(vo, queue.resource());
                work.put(vo, fitting);
                vos.put(
                        vo,
                        new QueueDemand.OfVo(
                                waitingJobs(queue, vo, fitting, most + count.waiting() + count.expectant()),
                                count.waiting(),
                                count.expectant(),
                                count.running()));
            }
        }
        QueueDemand demand = new QueueDemand(
                queue.slot(),
                ComputingResources.description(queue),
                queue.options(),
                most,
                vos,
                facts.history(queue.slot()));
        Map<VoName, Integer> plan = factories.plan(settings.pilotFactory(snapshot, queue), demand);
        if (queue.isPush()) {
            return plan; // its pilots take their jobs at once, which limits count then
        }
        // the factory may take its time, in which others plan; so what it was told is looked at again
        synchronized (ledger) {
            plan.replaceAll((vo, pilots) -> reserve(queue, demand, vo, Objects.requireNonNull(work.get(vo)), pilots));
        }
        plan.values().removeIf(pilots -> pilots == 0);
        return plan;
    }

    /** Pilots for jobs that would not be handed out would come in vain. */
    private int waitingJobs(CeQueue queue, VoName vo, List<WaitingQueue> work, int bound) {
        long jobs = 0;
        for (WaitingQueue waiting : work) {
            jobs += Math.min(
                    waiting.waiting(),
                    ledger.allowed(vo, limits.left(vo, waiting.owner(), waiting.ownerGroup()), queue.slot()));
        }
        return (int) Math.min(jobs, bound);
    }

    /** How many of the planned pilots may be sent after all: none for jobs that pilots of other queues were sent for meanwhile. */
    private int reserve(CeQueue queue, QueueDemand demand, VoName vo, List<WaitingQueue> work, int pilots) {
        QueueDemand.OfVo told = Objects.requireNonNull(demand.vos().get(vo));
        int bound = demand.most() + told.waiting() + told.expectant();
        QueueDemand.OfVo now = new QueueDemand.OfVo(
                waitingJobs(queue, vo, work, bound), told.waiting(), told.expectant(), told.running());
        int taken = Math.max(0, told.waitingJobs() - now.waitingJobs());
        int allowed = Math.min(pilots, Math.max(pilots - taken, now.wanted()));
        int left = allowed;
        for (WaitingQueue waiting : work) {
            int some = Math.min(left, waiting.waiting());
            ledger.send(
                    vo, limits.left(vo, waiting.owner(), waiting.ownerGroup()).keySet(), queue.slot(), some);
            left -= some;
        }
        return allowed;
    }

    private static Occupancy occupancy(List<PilotCount> counts) {
        return new Occupancy(
                counts.stream().mapToInt(PilotCount::waiting).sum(),
                counts.stream()
                        .mapToInt(count -> count.expectant() + count.running())
                        .sum());
    }

    private RoundReport submit(
            Caller caller,
            Optional<AgentLease> lease,
            ComputingElement element,
            CeQueue queue,
            VoName vo,
            int number,
            Instant enough) {
        if (isStopped(vo, queue)) {
            return RoundReport.NOTHING;
        }
        if (queue.isPush()) {
            return push(caller, lease, element, queue, vo, number, enough);
        }
        List<PilotLaunch> launches = new ArrayList<>();
        for (IssuedPilot pilot : issue(caller, lease, vo, queue, number)) {
            launches.add(new PilotLaunch(pilot.stamp(), vo, pilot.secret()));
        }
        if (launches.isEmpty()) {
            return RoundReport.NOTHING;
        }
        if (isStopped(vo, queue)) {
            launches.forEach(launch -> following.refused(
                    caller, queue, launch.stamp(), "its place was banned or suspended a moment before"));
            return new RoundReport(0, 0, launches.size());
        }
        return taken(caller, element, queue, vo, launches);
    }

    /** None if another node has taken over: what was done before is noted all the same, and the rest of the round is harmless. */
    private List<IssuedPilot> issue(Caller caller, Optional<AgentLease> lease, VoName vo, CeQueue queue, int number) {
        try {
            return intentions.issue(caller, lease, vo, queue, number);
        } catch (LeaseLost takenOver) {
            LOG.debugf("nothing is sent to %s: %s", queue.slot(), takenOver.detail());
            return List.of();
        }
    }

    /** One after the other: where there is no job for one, there is none for the next. What is left comes in the next round. */
    private RoundReport push(
            Caller caller,
            Optional<AgentLease> lease,
            ComputingElement element,
            CeQueue queue,
            VoName vo,
            int number,
            Instant enough) {
        RoundReport report = RoundReport.NOTHING;
        boolean goesOn = true;
        for (int sent = 0;
                sent < number && goesOn && clock.instant().isBefore(enough) && !isStopped(vo, queue);
                sent++) {
            List<IssuedPilot> issued = issue(caller, lease, vo, queue, 1);
            if (issued.isEmpty()) {
                return report;
            }
            PilotStamp stamp = issued.get(0).stamp();
            Optional<PilotLaunch> launch;
            try {
                launch = push.load(caller, element, queue, stamp, vo);
            } catch (DiracException notLaid) {
                following.refused(caller, queue, stamp, notLaid.detail());
                if (notLaid instanceof ComputingElementFailure failure) {
                    throw failure;
                }
                return report.plus(new RoundReport(0, 0, 1));
            }
            goesOn = launch.isPresent();
            if (goesOn && pilots.view(caller, stamp).status().isFinal()) {
                // it took so long that the submission counts as broken off, and the job has gone elsewhere
                return report.plus(new RoundReport(0, 0, 1));
            }
            if (goesOn) {
                report = report.plus(taken(caller, element, queue, vo, List.of(launch.get())));
            }
        }
        return report;
    }

    /** A round may take long, and a ban counts at once: what was planned before it is not sent. */
    private boolean isStopped(VoName vo, CeQueue queue) {
        Optional<String> reason = StoppedWork.reason(bans, suspensions, vo, queue.slot());
        reason.ifPresent(why -> LOG.submissionStopped(vo, queue.slot().toString(), why));
        return reason.isPresent();
    }

    private RoundReport taken(
            Caller caller, ComputingElement element, CeQueue queue, VoName vo, List<PilotLaunch> launches) {
        List<SubmissionOutcome> outcomes;
        try {
            outcomes = element.submit(queue, launches);
        } catch (ComputingElementFailure none) {
            launches.forEach(launch -> following.refused(caller, queue, launch.stamp(), none.detail()));
            List<SubmissionOutcome> refused = launches.stream()
                    .map(launch -> (SubmissionOutcome) new SubmissionOutcome.Refused(launch.stamp(), none.detail()))
                    .toList();
            notes.submitted(queue.slot(), vo, refused);
            throw none;
        }
        notes.submitted(queue.slot(), vo, outcomes);
        int taken = 0;
        for (SubmissionOutcome outcome : outcomes) {
            if (outcome instanceof SubmissionOutcome.Accepted accepted) {
                pilots.accepted(
                        caller, accepted.stamp(), accepted.reference(), "Successfully submitted by the SiteDirector");
                LOG.pilotSubmitted(accepted.stamp(), queue.slot().toString(), accepted.reference());
                taken++;
            } else if (outcome instanceof SubmissionOutcome.Refused refused) {
                following.refused(caller, queue, refused.stamp(), refused.reason());
            } else if (outcome instanceof SubmissionOutcome.Undecided undecided) {
                // stays without a reference, by which a later round looks for it
                LOG.submissionUndecided(undecided.stamp(), queue.slot().toString(), undecided.reason());
            }
        }
        return new RoundReport(taken, 0, outcomes.size() - taken);
    }
}
