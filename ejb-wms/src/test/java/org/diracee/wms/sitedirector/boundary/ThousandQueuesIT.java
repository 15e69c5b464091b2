/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.diracee.framework.agent.boundary.AgentLeases;
import org.diracee.framework.agent.boundary.CycleReport;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.fixture.HeardEvents;
import org.diracee.wms.fixture.WmsServices;
import org.diracee.wms.fixture.WmsServices.FixedConfiguration;
import org.diracee.wms.parcel.boundary.Parcels;
import org.diracee.wms.pilot.boundary.PilotOutput;
import org.diracee.wms.sitedirector.control.CeQueue;
import org.diracee.wms.sitedirector.control.ComputingElement;
import org.diracee.wms.sitedirector.control.ComputingElementFailure;
import org.diracee.wms.sitedirector.control.Occupancy;
import org.diracee.wms.sitedirector.control.PilotLaunch;
import org.diracee.wms.sitedirector.control.PilotProcess;
import org.diracee.wms.sitedirector.control.SiteDirectorSettings;
import org.diracee.wms.sitedirector.control.SubmissionOutcome;
import org.diracee.wms.sitedirector.control.SubmittedPilot;
import org.diracee.wms.sitedirector.entity.QueueStateRepository;
import org.diracee.wms.sitedirector.entity.QueueTestFacts;
import org.diracee.wms.taskqueue.boundary.TaskQueues;
import org.diracee.wms.taskqueue.boundary.WaitingWork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A cycle over 1 000 queues for 10 VOs with a real database; some computing elements fail and one hangs. */
class ThousandQueuesIT {

    private static final int ELEMENTS = 250;
    private static final int QUEUES = 4;
    private static final int VOS = 10;
    private static final int JOBS = 20;
    private static final int FAILING = 5;
    private static final Duration GOAL = Duration.ofSeconds(60);

    private final WmsServices wms = new WmsServices();
    private final FixedConfiguration configuration = new FixedConfiguration();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch release = new CountDownLatch(1);
    private final List<VoName> vos = IntStream.range(0, VOS)
            .mapToObj(number -> new VoName("thousand" + number))
            .toList();

    @AfterEach
    void stop() {
        release.countDown();
        threads.shutdownNow();
    }

    @Test
    void aCycleTakesLessThanAMinuteWhateverSomeComputingElementsDo() {
        Map<String, Object> elements = new LinkedHashMap<>();
        for (int element = 0; element < ELEMENTS; element++) {
            String kind = element == 0 ? "hangs" : element <= FAILING ? "fails" : "works";
            Map<String, Object> queues = new LinkedHashMap<>();
            IntStream.range(0, QUEUES).forEach(queue -> queues.put("queue" + queue, Map.of("CPUTime", 3600)));
            elements.put(
                    kind + element,
                    Map.of("CEType", "Simulated", "MaxTotalJobs", 2, "MaxWaitingJobs", 2, "Queues", queues));
        }
        configuration.set(Map.of("Resources", Map.of("Sites", Map.of("DIRAC.Thousand.test", Map.of("CEs", elements)))));
        for (VoName vo : vos) {
            Caller.User alice = new Caller.User(
                    "alice", new UserName("alice"), new GroupName("users"), vo, Set.of(Property.NORMAL_USER));
            wms.submitted(
                    alice,
                    IntStream.range(0, JOBS)
                            .mapToObj(job -> "Executable = \"/bin/true\"; CPUTime = " + (job % 4 * 100 + 100) + ";")
                            .toArray(String[]::new));
        }
        wms.database.query("update wms.job set status = 'Waiting' where vo like 'thousand%%'");
        SiteDirector director = director();

        Duration first = timed(director);
        Duration second = timed(director);
        Duration third = timed(director);
        System.getLogger("thousand-queues")
                .log(
                        System.Logger.Level.INFO,
                        "site-director-1000: cycles over {0} queues for {1} VOs took {2} ms with submission, {3} ms and {4} ms without",
                        ELEMENTS * QUEUES,
                        VOS,
                        first.toMillis(),
                        second.toMillis(),
                        third.toMillis());
        assertThat(List.of(first, second, third)).allMatch(time -> time.compareTo(GOAL) < 0);
        int working = (ELEMENTS - FAILING - 1) * QUEUES;
        assertThat(wms.database.value("select count(*) from wms.pilot where grid_site = 'DIRAC.Thousand.test'"
                        + " and reference is not null"))
                .isEqualTo(Integer.toString(2 * working));
        assertThat(wms.database.value("select count(*) from wms.queue_state where site = 'DIRAC.Thousand.test'"
                        + " and failures > 0"))
                .isEqualTo(Integer.toString(FAILING));
        assertThat(wms.database.value("select count(*) from wms.queue_state where site = 'DIRAC.Thousand.test'"
                        + " and failures = 0"))
                .isEqualTo(Integer.toString(working));
    }

    private static Duration timed(SiteDirector director) {
        long start = System.nanoTime();
        CycleReport report = director.runCycle();
        assertThat(report.failed()).isLessThanOrEqualTo(FAILING);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private SiteDirector director() {
        SiteDirectorSettings settings = new SiteDirectorSettings();
        Clock clock = wms.clock;
        Registry registry = new Registry() {
            @Override
            public List<VoName> vos() {
                return vos;
            }

            @Override
            public boolean knows(VoName vo) {
                return vos.contains(vo);
            }
        };
        TransactedPilots pilots =
                new TransactedPilots(wms.database, configuration, registry, new HeardEvents<>(news -> {}), clock);
        QueueTests tests = new QueueTests() {
            @Override
            public void conclude(Caller caller) {}

            @Override
            public List<QueueTestFacts> due(Caller caller) {
                return List.of();
            }
        };
        QueueNotes notes = new QueueNotes(
                new QueueRecords(new QueueStateRepository(wms.database.entities())) {
                    @Override
                    public void keep(Collection<QueueState> states, Collection<SubmissionCount> counts, Instant now) {
                        wms.database.transact(() -> super.keep(states, counts, now));
                    }
                },
                clock);
        TaskQueues queues = new TaskQueues() {
            @Override
            public WaitingWork waitingWork(Caller caller, Collection<VoName> of, int bound) {
                return wms.in(services -> services.queues.waitingWork(caller, of, bound));
            }
        };
        PilotPush push = new PilotPush(new Parcels() {}, pilots);
        PilotFollowing following = new PilotFollowing(pilots, push, settings, configuration, clock);
        PilotIntentions intentions = new PilotIntentions(pilots, new AgentLeases() {}, tests);
        CeRound round = new CeRound(
                following,
                intentions,
                push,
                pilots,
                queues,
                wms.matchingLimits,
                new PilotFactories(List.of(new FairPilots())),
                registry,
                wms.banList,
                wms.suspended,
                notes,
                settings,
                configuration,
                clock);
        SiteDirector director = new SiteDirector(
                round,
                new QueueTesting(tests, intentions, push, following, pilots, notes),
                notes,
                List.of(new Simulated()),
                settings,
                configuration,
                clock,
                Duration.ofSeconds(5));
        director.runOn(threads);
        return director;
    }

    /** Answers each call after a while, as a computing element far away does. */
    private final class Simulated implements ComputingElement {

        private static final long ANSWER_NANOS = 20_000_000;

        @Override
        public String type() {
            return "Simulated";
        }

        private void answer(CeQueue queue) {
            String name = queue.slot().computingElement();
            if (name.startsWith("hangs")) {
                try {
                    release.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            }
            if (name.startsWith("fails")) {
                throw new ComputingElementFailure("no route to host");
            }
            LockSupport.parkNanos(ANSWER_NANOS);
        }

        @Override
        public List<SubmissionOutcome> submit(CeQueue queue, List<PilotLaunch> pilots) {
            answer(queue);
            List<SubmissionOutcome> outcomes = new ArrayList<>();
            pilots.forEach(pilot ->
                    outcomes.add(new SubmissionOutcome.Accepted(pilot.stamp(), "simulated://" + pilot.stamp())));
            return outcomes;
        }

        @Override
        public Optional<String> find(CeQueue queue, PilotStamp stamp, VoName vo) {
            answer(queue);
            return Optional.empty();
        }

        @Override
        public Map<PilotStamp, PilotProcess> status(CeQueue queue, Collection<SubmittedPilot> pilots) {
            answer(queue);
            Map<PilotStamp, PilotProcess> processes = new LinkedHashMap<>();
            pilots.forEach(pilot -> processes.put(pilot.stamp(), new PilotProcess.Waiting()));
            return processes;
        }

        @Override
        public void kill(CeQueue queue, Collection<SubmittedPilot> pilots) {
            answer(queue);
        }

        @Override
        public Optional<PilotOutput> output(CeQueue queue, SubmittedPilot pilot) {
            return Optional.empty();
        }

        @Override
        public void clean(CeQueue queue, SubmittedPilot pilot) {
            answer(queue);
        }

        @Override
        public Optional<Occupancy> occupancy(CeQueue queue) {
            answer(queue);
            return Optional.empty();
        }

        @Override
        public void contact(CeQueue queue, VoName vo) {}
    }
}
