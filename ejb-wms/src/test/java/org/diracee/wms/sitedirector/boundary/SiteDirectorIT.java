/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.enterprise.event.Event;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.diracee.framework.agent.boundary.AgentLease;
import org.diracee.framework.agent.boundary.AgentLeases;
import org.diracee.framework.agent.boundary.CycleReport;
import org.diracee.framework.agent.boundary.LeaseLost;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.ban.boundary.BanTarget;
import org.diracee.wms.ban.boundary.BannedKind;
import org.diracee.wms.fixture.MovableClock;
import org.diracee.wms.fixture.WmsDatabase;
import org.diracee.wms.fixture.WmsServices;
import org.diracee.wms.fixture.WmsServices.FixedConfiguration;
import org.diracee.wms.matching.boundary.MatchingLimits;
import org.diracee.wms.parcel.boundary.Parcels;
import org.diracee.wms.pilot.boundary.PilotEnded;
import org.diracee.wms.pilot.boundary.PilotOutput;
import org.diracee.wms.pilot.boundary.PilotStatus;
import org.diracee.wms.pilot.boundary.PilotView;
import org.diracee.wms.pilot.entity.PilotRepository;
import org.diracee.wms.sitedirector.control.CeQueue;
import org.diracee.wms.sitedirector.control.ComputingElement;
import org.diracee.wms.sitedirector.control.PilotLaunch;
import org.diracee.wms.sitedirector.control.PilotProcess;
import org.diracee.wms.sitedirector.control.SiteDirectorSettings;
import org.diracee.wms.sitedirector.entity.QueueStateRepository;
import org.diracee.wms.sitedirector.entity.QueueTestFacts;
import org.diracee.wms.sitedirector.entity.QueueTestRepository;
import org.diracee.wms.taskqueue.boundary.OpenQueue;
import org.diracee.wms.taskqueue.boundary.QueueDefinition;
import org.diracee.wms.taskqueue.boundary.ResourceDescription;
import org.diracee.wms.taskqueue.boundary.TaskQueues;
import org.diracee.wms.taskqueue.boundary.WaitingWork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SiteDirectorIT {

    private static final Caller.System DIRECTOR = new Caller.System("SiteDirector");
    private static int sites;

    private final WmsServices wms = new WmsServices();
    private final WmsDatabase database = wms.database;
    private final MovableClock clock = new MovableClock();
    private final QueueStateRepository states = new QueueStateRepository(database.entities());
    private final QueueNotes notes = new QueueNotes(
            new QueueRecords(states) {
                @Override
                public void keep(Collection<QueueState> some, Collection<SubmissionCount> counts, Instant now) {
                    database.transact(() -> super.keep(some, counts, now));
                }

                @Override
                public Map<String, QueueHistory> histories(Instant since) {
                    return database.inTransaction(() -> super.histories(since));
                }
            },
            clock);
    private final VoName vo = new VoName("director" + ++sites);
    private final String site = "DIRAC.Test" + sites + ".test";
    private final FixedConfiguration configuration = new FixedConfiguration();
    private final FakeComputingElement element = new FakeComputingElement();
    private final List<PilotStamp> ended = Collections.synchronizedList(new ArrayList<>());
    private final TransactedPilots pilots = new TransactedPilots(database, configuration, new OneVo(), heard(), clock);
    private final Tests tests = new Tests();
    private final Waiting waiting = new Waiting();
    private volatile int mayRun = Integer.MAX_VALUE;
    private volatile boolean isAwaited;
    private volatile Consumer<PilotStamp> whenLaid = stamp -> {};
    private final HangingPilots hangingPilots = new HangingPilots();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final SiteDirector director = director(new AgentLeases() {
        @Override
        public void confirm(AgentLease lease) {
            throw new LeaseLost(lease);
        }
    });

    @BeforeEach
    void describe() {
        configure(Map.of("ce1", fake(4, 4)), Map.of("ReapDelay", 60));
    }

    @AfterEach
    void stop() {
        element.release.countDown();
        hangingPilots.release.countDown();
        threads.shutdownNow();
    }

    @Test
    void submitsAPilotPerWaitingJobUpToTheLimit() {
        waiting.jobs = 3;
        assertThat(director.runCycle()).isEqualTo(new CycleReport(3, 3, 0));
        assertThat(all()).hasSize(3).allSatisfy(pilot -> {
            assertThat(pilot.status()).isEqualTo(PilotStatus.SUBMITTED);
            assertThat(pilot.reference()).hasValue("fake://" + pilot.stamp());
            assertThat(pilot.statusReason()).isEqualTo("Successfully submitted by the SiteDirector");
            assertThat(pilot.gridType()).isEqualTo("Fake");
        });
        waiting.jobs = 100;
        director.runCycle();
        assertThat(all()).hasSize(4);
    }

    @Test
    void submitsNoneForJobsThatPilotsAreComingFor() {
        waiting.jobs = 2;
        director.runCycle();
        director.runCycle();
        assertThat(all()).hasSize(2).allMatch(pilot -> pilot.status() == PilotStatus.WAITING);
        // now they run, and have not had the time to ask for a job
        runAll();
        director.runCycle();
        assertThat(all()).hasSize(2);
        // they have: the jobs that wait now are others
        all().forEach(pilot -> database.query(
                "insert into wms.pilot_job (pilot_stamp, job_id, attempt, started) values ('%s', 1, 1, now())",
                pilot.stamp()));
        director.runCycle();
        assertThat(all()).hasSize(4);
    }

    @Test
    void asksForWhatTheQueueCouldRun() {
        waiting.jobs = 1;
        director.runCycle();
        ResourceDescription asked = waiting.asked.orElseThrow();
        assertThat(asked.site()).isEqualTo(new SiteName(site));
        assertThat(asked.gridCe()).hasValue("ce1");
        assertThat(asked.cpuTime()).isEqualTo(3600);
        assertThat(asked.tags()).containsExactly("fast");
    }

    @Test
    void notesThatAPilotWasNotTaken() {
        waiting.jobs = 1;
        element.refusing = true;
        assertThat(director.runCycle()).isEqualTo(new CycleReport(1, 0, 1));
        assertThat(all()).singleElement().satisfies(pilot -> {
            assertThat(pilot.status()).isEqualTo(PilotStatus.FAILED);
            assertThat(pilot.statusReason()).isEqualTo("Not taken by the computing element: the queue is drained");
        });
        assertThat(ended).hasSize(1);
        waiting.jobs = 0;
        clock.advance(Duration.ofMinutes(4));
        director.runCycle();
        assertThat(element.sought).isEmpty();
    }

    @Test
    void leavesAFailingElementAloneForAWhile() {
        waiting.jobs = 1;
        element.down = true;
        assertThat(director.runCycle().failed()).isEqualTo(1);
        element.down = false;
        for (int cycle = 1; cycle < 10; cycle++) {
            assertThat(director.runCycle()).isEqualTo(CycleReport.NOTHING);
        }
        assertThat(director.runCycle().done()).isEqualTo(1);
    }

    @Test
    void submitsNothingUnderALeaseThatIsLost() {
        waiting.jobs = 1;
        PilotIntentions intentions = new PilotIntentions(
                pilots,
                new AgentLeases() {
                    @Override
                    public void confirm(AgentLease lease) {
                        throw new LeaseLost(lease);
                    }
                },
                tests);
        assertThat(director.runUnder(new AgentLease("SiteDirector", "node", 1))).isEqualTo(CycleReport.NOTHING);
        assertThat(all()).isEmpty();
        assertThat(element.processes).isEmpty();
        assertThatThrownBy(() -> intentions.issue(
                        DIRECTOR,
                        Optional.of(new AgentLease("SiteDirector", "node", 1)),
                        vo,
                        new SiteDirectorSettings()
                                .queues(configuration.current())
                                .get(0),
                        1))
                .isInstanceOf(LeaseLost.class);
    }

    @Test
    void doesNotWaitForAStuckElement() {
        Map<String, Object> ces = new LinkedHashMap<>();
        ces.put("stuck", fake(4, 4));
        ces.put("works", fake(1, 1));
        configure(ces, Map.of());
        waiting.jobs = 1;
        element.stuck = "stuck";
        // the first cycle waits for both as long as it may; later ones leave the stuck one alone
        threads.execute(director::runCycle);
        // one is intended at the stuck element, one is at the other
        await().atMost(Duration.ofMinutes(5))
                .until(() -> all().size() == 2
                        && all().stream().anyMatch(pilot -> pilot.reference().isPresent()));
        director.runCycle();
        assertThat(all()).filteredOn(pilot -> pilot.reference().isPresent()).hasSize(1);
        element.release.countDown();
        await().atMost(Duration.ofMinutes(5))
                .until(() -> all().stream().allMatch(pilot -> pilot.reference().isPresent()));
    }

    @Test
    void findsAPilotAgainAfterACrash() {
        waiting.jobs = 1;
        element.dieAfterSubmission = true;
        director.runCycle();
        element.dieAfterSubmission = false;
        assertThat(all()).singleElement().matches(pilot -> pilot.reference().isEmpty());
        director.runCycle();
        assertThat(all()).singleElement().matches(pilot -> pilot.reference().isEmpty()); // may be on its way yet

        clock.advance(Duration.ofMinutes(4));
        director.runCycle();
        assertThat(all()).singleElement().satisfies(pilot -> {
            assertThat(pilot.reference()).hasValue("fake://" + pilot.stamp());
            assertThat(pilot.status()).isEqualTo(PilotStatus.SUBMITTED);
        });
    }

    @Test
    void givesUpAPilotThatACrashKeptFromStarting() {
        waiting.jobs = 1;
        element.dieAfterSubmission = true;
        director.runCycle();
        element.dieAfterSubmission = false;
        element.processes.clear();
        waiting.jobs = 0;
        clock.advance(Duration.ofMinutes(4));
        director.runCycle();
        assertThat(all()).singleElement().satisfies(pilot -> {
            assertThat(pilot.status()).isEqualTo(PilotStatus.FAILED);
            assertThat(pilot.statusReason()).isEqualTo("Not taken by the computing element: its submission broke off");
        });
    }

    @Test
    void tidiesUpAfterAPilotThatEndedBeforeItsBrokenOffSubmissionWasLookedFor() {
        waiting.jobs = 1;
        element.dieAfterSubmission = true;
        director.runCycle();
        element.dieAfterSubmission = false;
        waiting.jobs = 0;
        PilotStamp stamp = all().get(0).stamp();
        pilots.report(DIRECTOR, stamp, PilotStatus.DONE, "no more work");
        element.processes.put(stamp, new PilotProcess.Ended(0, ""));
        clock.advance(Duration.ofMinutes(4));
        director.runCycle();
        director.runCycle();
        director.runCycle();
        assertThat(element.sought).containsExactly(stamp);
        assertThat(element.cleaned).containsExactly(stamp);
        assertThat(output(stamp)).isPresent();
        assertThat(all().get(0).statusReason()).isEqualTo("no more work");
    }

    @Test
    void tellsHowPilotsEnded() {
        waiting.jobs = 3;
        director.runCycle();
        waiting.jobs = 0;
        List<PilotView> three = all();
        element.processes.put(three.get(0).stamp(), new PilotProcess.Ended(0, ""));
        element.processes.put(three.get(1).stamp(), new PilotProcess.Ended(2, "no server"));
        element.processes.put(three.get(2).stamp(), new PilotProcess.Vanished("killed", ""));
        assertThat(director.runCycle()).isEqualTo(new CycleReport(3, 3, 0));

        assertThat(all())
                .extracting(pilot -> pilot.status() + " " + pilot.statusReason())
                .containsExactly(
                        "DONE Ended with exit code 0", "FAILED Ended with exit code 2: no server", "ABORTED killed");
        assertThat(ended).hasSize(3);
        assertThat(output(three.get(1).stamp()))
                .hasValue(new PilotOutput("out of " + three.get(1).stamp(), "err"));
        assertThat(director.runCycle()).isEqualTo(CycleReport.NOTHING);
        assertThat(ended).hasSize(3);
    }

    @Test
    void believesAPilotThatSaysItIsDone() {
        waiting.jobs = 1;
        director.runCycle();
        waiting.jobs = 0;
        PilotStamp stamp = all().get(0).stamp();
        pilots.report(DIRECTOR, stamp, PilotStatus.DONE, "no more work");
        element.processes.put(stamp, new PilotProcess.Ended(1, "trouble while leaving"));
        director.runCycle();
        assertThat(all().get(0).statusReason()).isEqualTo("no more work");
    }

    @Test
    void abortsAPilotThatNobodyKnowsAnythingOfForAnHour() {
        waiting.jobs = 1;
        director.runCycle();
        waiting.jobs = 0;
        element.processes.put(all().get(0).stamp(), new PilotProcess.Unknown("another host"));
        clock.advance(Duration.ofMinutes(55));
        director.runCycle();
        assertThat(all().get(0).status().isFinal()).isFalse();
        clock.advance(Duration.ofMinutes(10));
        director.runCycle();
        assertThat(all().get(0).statusReason()).isEqualTo("No sign of life for 60 min: another host");
        assertThat(all().get(0).status()).isEqualTo(PilotStatus.ABORTED);
    }

    @Test
    void abortsNoPilotThatWaitedLongForOneThatIsUnknownOnce() {
        waiting.jobs = 1;
        director.runCycle();
        waiting.jobs = 0;
        PilotStamp stamp = all().get(0).stamp();
        for (int hour = 0; hour < 3; hour++) {
            clock.advance(Duration.ofMinutes(65));
            director.runCycle();
        }
        element.processes.put(stamp, new PilotProcess.Unknown("too slow"));
        director.runCycle();
        assertThat(all().get(0).status()).isEqualTo(PilotStatus.WAITING);
        clock.advance(Duration.ofMinutes(61));
        director.runCycle();
        assertThat(all().get(0).status()).isEqualTo(PilotStatus.ABORTED);
    }

    @Test
    void aPilotThatItIsNotToldOfHoldsUpNoOther() {
        waiting.jobs = 2;
        director.runCycle();
        waiting.jobs = 3;
        element.dieAfterSubmission = true;
        director.runCycle();
        element.dieAfterSubmission = false;
        assertThat(all()).hasSize(3);
        pilots.kill(
                new Caller.User("sub", new UserName("op"), new GroupName("ops"), vo, Set.of(Property.OPERATOR)),
                List.of(all().get(1).stamp()));
        element.processes.put(all().get(0).stamp(), new PilotProcess.Ended(0, ""));
        element.mute = true;
        clock.advance(Duration.ofMinutes(4));
        assertThat(director.runCycle().failed()).isEqualTo(2);

        assertThat(all().get(0).status()).isEqualTo(PilotStatus.DONE);
        assertThat(all()).filteredOn(pilot -> pilot.reference().isPresent()).hasSize(3); // one was sent for the ended
        assertThat(all().get(2).status()).isEqualTo(PilotStatus.SUBMITTED);
        element.mute = false;
        director.runCycle();
        assertThat(element.killed).containsExactly(all().get(1).stamp());
        assertThat(all().get(2).reference()).isPresent();
    }

    @Test
    void makesNoPilotsBeforeWhatTheyNeedIsThere() {
        waiting.jobs = 1;
        element.unprepared = true;
        assertThat(director.runCycle().failed()).isEqualTo(1);
        assertThat(all()).isEmpty();
        assertThat(state().failure()).hasValue("the disk is full");
    }

    @Test
    void killsOnRequestUntilThePilotIsGone() {
        waiting.jobs = 1;
        director.runCycle();
        waiting.jobs = 0;
        runAll();
        PilotStamp stamp = all().get(0).stamp();
        Caller.User operator =
                new Caller.User("sub", new UserName("op"), new GroupName("ops"), vo, Set.of(Property.OPERATOR));
        pilots.kill(operator, List.of(stamp));
        director.runCycle();
        director.runCycle();
        assertThat(element.killed).containsExactly(stamp, stamp);
        element.processes.put(stamp, new PilotProcess.Ended(143, ""));
        director.runCycle();
        assertThat(all().get(0).status()).isEqualTo(PilotStatus.ABORTED);
        assertThat(all().get(0).statusReason()).isEqualTo("Killed on request. Ended with exit code 143");
        assertThat(element.killed).hasSize(2);
    }

    @Test
    void tidiesUpAfterAWhile() {
        waiting.jobs = 3;
        director.runCycle();
        waiting.jobs = 0;
        PilotStamp over = all().get(0).stamp();
        PilotStamp lingering = all().get(1).stamp();
        PilotStamp notBegun = all().get(2).stamp();
        pilots.report(DIRECTOR, notBegun, PilotStatus.ABORTED, "unknown");
        pilots.report(DIRECTOR, over, PilotStatus.DONE, "done");
        pilots.report(DIRECTOR, lingering, PilotStatus.DONE, "done");
        element.processes.put(over, new PilotProcess.Ended(0, ""));
        element.processes.put(lingering, new PilotProcess.Running());
        director.runCycle();
        assertThat(element.cleaned).isEmpty();
        clock.advance(Duration.ofSeconds(61));
        director.runCycle();
        director.runCycle();
        assertThat(element.cleaned).containsExactly(over);
        assertThat(output(over)).isPresent();
        assertThat(element.killed).contains(lingering, notBegun).doesNotContain(over);
    }

    @Test
    void tellsHowItFoundAQueueAndCountsWhatBecameOfItsPilots() {
        waiting.jobs = 3;
        director.runCycle();
        assertThat(state().freePlaces()).isEqualTo(1);
        assertThat(state().lastSubmission()).isPresent();
        element.down = true;
        director.runCycle();
        assertThat(state().failures()).isEqualTo(1);
        assertThat(state().failure()).hasValue("connection refused");
        assertThat(state().nextTry())
                .hasValueSatisfying(next -> assertThat(next).isAfter(clock.instant()));
        assertThat(state().lastSubmission()).isPresent();
        element.down = false;
        element.refusing = true;
        waiting.jobs = 4;
        for (int cycle = 0; cycle < 10; cycle++) {
            director.runCycle();
        }
        assertThat(state().failures()).isZero();
        assertThat(state().failure()).hasValue("connection refused");
        assertThat(database.query(
                        "select sum(accepted), sum(refused), sum(undecided) from wms.pilot_submission where site = '%s'",
                        site))
                .containsExactly(List.of("3", "1", "0"));
    }

    @Test
    void aBanMadeInTheMiddleOfARoundStopsItsSubmissionAtOnce() {
        waiting.jobs = 3;
        element.whenAskedForRoom = () -> {
            wms.in(services -> services.bans.ban(
                    new Caller.User("sub", new UserName("op"), new GroupName("ops"), vo, Set.of(Property.OPERATOR)),
                    new BanTarget(BannedKind.SITE, site),
                    false,
                    "cooling fails",
                    Optional.empty()));
            wms.banList.refresh();
        };
        director.runCycle();
        assertThat(all()).isEmpty();
        assertThat(element.processes).isEmpty();
    }

    @Test
    void queuesTogetherGetNoMorePilotsThanTheirOwnerMayRun() {
        Map<String, Object> ces = new LinkedHashMap<>();
        ces.put("ce1", fake(4, 4));
        ces.put("ce2", fake(4, 4));
        configure(ces, Map.of());
        waiting.jobs = 100;
        mayRun = 3;
        director.runCycle();
        director.runCycle();
        assertThat(all()).hasSize(3);
        mayRun = 5;
        director.runCycle();
        assertThat(all()).hasSize(5);
    }

    @Test
    void aPilotFactoryThatAnswersNonsenseHarmsItsQueueAlone() {
        Map<String, Object> odd = new LinkedHashMap<>(fake(4, 4));
        odd.put("PilotFactory", "Odd");
        Map<String, Object> ces = new LinkedHashMap<>();
        ces.put("ce1", odd);
        ces.put("ce2", fake(4, 4));
        configure(ces, Map.of());
        waiting.jobs = 2;
        assertThat(director.runCycle().done()).isEqualTo(2);
        assertThat(all()).extracting(PilotView::destinationSite).containsOnly("ce2");
        assertThat(state("ce1").failure())
                .hasValueSatisfying(why -> assertThat(why).contains("Odd", "-1"));
        assertThat(state("ce2").failure()).isEmpty();
    }

    @Test
    void aPilotFactoryThatHangsStopsNoOtherQueueAndGetsWhatIsLeftThen() throws Exception {
        Map<String, Object> hanging = new LinkedHashMap<>(fake(4, 4));
        hanging.put("PilotFactory", "Hanging");
        configure(Map.of("ce1", hanging), Map.of());
        waiting.jobs = 100;
        mayRun = 4;
        Future<CycleReport> first = threads.submit(director::runCycle);
        hangingPilots.asked.await();

        configure(Map.of("ce1", hanging, "ce2", fake(3, 3)), Map.of());
        assertThat(threads.submit(director::runCycle).get(2, TimeUnit.MINUTES).done())
                .isEqualTo(3);
        assertThat(all()).extracting(PilotView::destinationSite).containsOnly("ce2");
        hangingPilots.release.countDown();
        assertThat(first.get().done()).isEqualTo(1);
        assertThat(all()).extracting(PilotView::destinationSite).containsExactly("ce2", "ce2", "ce2", "ce1");
    }

    @Test
    void aPilotFactoryIsToldWhatBecameOfTheQueuesPilots() {
        Map<String, Object> picky = new LinkedHashMap<>(fake(4, 4));
        picky.putAll(Map.of("PilotFactory", "Reserved", "LeastEfficiency", 60));
        configure(Map.of("ce1", picky), Map.of());
        waiting.jobs = 2;
        director.runCycle();
        element.processes.put(all().get(0).stamp(), new PilotProcess.Ended(0, ""));
        element.processes.put(all().get(1).stamp(), new PilotProcess.Vanished("gone", ""));
        waiting.jobs = 0;
        director.runCycle();

        QueueHistory history = notes.histories().get(site + "/ce1/default");
        assertThat(history.submissions()).extracting(SubmissionCount::accepted).containsExactly(2L);
        assertThat(history.ended())
                .containsExactlyInAnyOrder(
                        new EndedPilots(vo, PilotStatus.DONE, 1, 1), new EndedPilots(vo, PilotStatus.ABORTED, 1, 1));
        assertThat(history.efficiency(vo)).hasValue(50);
        waiting.jobs = 2;
        director.runCycle();
        assertThat(all()).hasSize(2);
        clock.advance(Duration.ofDays(2));
        director.runCycle();
        assertThat(all()).hasSize(4);
    }

    /** Like ours, once it is let. */
    private static final class HangingPilots implements PilotFactory {
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch release = new CountDownLatch(1);

        @Override
        public String name() {
            return "Hanging";
        }

        @Override
        public Map<VoName, Integer> plan(QueueDemand demand) {
            asked.countDown();
            try {
                release.await();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
            return new FairPilots().plan(demand);
        }
    }

    /** Answers what no queue can get. */
    private static final class OddPilots implements PilotFactory {
        @Override
        public String name() {
            return "Odd";
        }

        @Override
        public Map<VoName, Integer> plan(QueueDemand demand) {
            return demand.vos().keySet().stream().collect(Collectors.toMap(of -> of, of -> -1));
        }
    }

    private QueueState state(String ce) {
        return database.inTransaction(() -> states.states(Optional.of(new SiteName(site)))).stream()
                .filter(found -> found.slot().computingElement().equals(ce))
                .findFirst()
                .orElseThrow();
    }

    private QueueTest test(Property... properties) {
        Caller.User tester =
                new Caller.User("sub", new UserName("op"), new GroupName("ops"), wms.vo, Set.of(properties));
        return tests.start(tester, new SiteName(site), Optional.empty(), Optional.empty())
                .get(0);
    }

    private QueueTest again(QueueTest test) {
        return tests.find(wms.user("root", Property.SERVICE_ADMINISTRATOR), test.id());
    }

    private static List<String> steps(QueueTest test) {
        return test.steps().stream()
                .filter(step -> step.state() != QueueTestStep.State.PENDING)
                .map(step -> step.kind() + " " + step.state())
                .toList();
    }

    @Test
    void aTestSendsOnePilotBoundToItsJobAndTellsOfEachStep() {
        QueueTest begun = test(Property.OPERATOR);
        assertThat(steps(begun)).containsExactly("CONFIGURATION DONE", "TAKEN_UP CURRENT");
        assertThat(test(Property.OPERATOR).id()).isEqualTo(begun.id());
        element.down = true; // the queue is left alone for a while, and tested nevertheless
        waiting.jobs = 1;
        director.runCycle();
        assertThat(again(begun).failure()).hasValue("connection refused");
        assertThat(steps(again(begun))).endsWith("CONTACT DONE", "SUBMITTED FAILED");
        assertThat(database.value(
                        "select status from wms.job where id = %s", begun.job().orElseThrow()))
                .isEqualTo("Killed");

        element.down = false;
        waiting.jobs = 0;
        QueueTest second = test(Property.OPERATOR);
        director.runCycle();
        assertThat(steps(again(second))).endsWith("SUBMITTED DONE", "QUEUED CURRENT");
        PilotStamp stamp = again(second).pilot().orElseThrow();
        assertThat(element.tags(stamp)).anyMatch(tag -> tag.startsWith("OnlyFor-"));
        long job = second.job().orElseThrow().number();
        database.query(
                "insert into wms.pilot_job (pilot_stamp, job_id, attempt, started) values ('%s', %d, 1, now())",
                stamp, job);
        database.query("update wms.job set status = 'Done', end_exec_time = now() where id = %d", job);
        director.runCycle();
        assertThat(again(second).failure()).hasValue("The job is Done, but its output did not arrive");

        QueueTest third = test(Property.OPERATOR);
        director.runCycle();
        element.processes.put(again(third).pilot().orElseThrow(), new PilotProcess.Ended(3, "no java"));
        director.runCycle();
        director.runCycle();
        assertThat(again(third).failure()).hasValue("The pilot is Failed: Ended with exit code 3: no java");
        assertThat(again(third).ended()).isPresent();
    }

    @Test
    void aTestOfAnElementThatCannotBeReachedMakesNoPilot() {
        QueueTest begun = test(Property.OPERATOR);
        element.unreachable = true;
        director.runCycle();
        assertThat(steps(again(begun))).endsWith("TAKEN_UP DONE", "CONTACT FAILED");
        assertThat(again(begun).failure()).hasValue("no such host");
        assertThat(again(begun).pilot()).isEmpty();
    }

    @Test
    void onlyWhoRunsTheVoOrTheSiteTests() {
        assertThatThrownBy(() -> test(Property.SITE_MANAGER))
                .isInstanceOf(Forbidden.class)
                .hasMessageContaining("Sites");
    }

    @Test
    void aPilotThatBreaksTheServersWorkHoldsUpNoOther() {
        waiting.jobs = 2;
        director.runCycle();
        waiting.jobs = 0;
        all().forEach(pilot -> element.processes.put(pilot.stamp(), new PilotProcess.Ended(0, "")));
        element.breaking = all().get(0).stamp();

        assertThat(director.runCycle().failed()).isEqualTo(1);

        assertThat(all().get(0).status().isFinal()).isFalse();
        assertThat(all().get(1).status()).isEqualTo(PilotStatus.DONE);
    }

    @Test
    void aPilotWithAJobIsNotGivenUpAsLongAsItsElementIsAway() {
        waiting.jobs = 1;
        director.runCycle();
        waiting.jobs = 0;
        element.processes.put(all().get(0).stamp(), new PilotProcess.Unknown("another host"));
        isAwaited = true;
        clock.advance(Duration.ofHours(5));
        director.runCycle();
        assertThat(all().get(0).status().isFinal()).isFalse();
        isAwaited = false;
        director.runCycle();
        assertThat(all().get(0).status()).isEqualTo(PilotStatus.ABORTED);
    }

    @Test
    void pushesForAFewSecondsAtATime() {
        configure(Map.of("ce1", pushing()), Map.of());
        waiting.jobs = 4;
        whenLaid = stamp -> clock.advance(Duration.ofSeconds(3));
        director.runCycle();
        assertThat(all()).hasSize(2);
        director.runCycle();
        assertThat(all()).hasSize(4);
    }

    @Test
    void startsNoPilotThatWasGivenUpWhileItsJobWasLaid() {
        configure(Map.of("ce1", pushing()), Map.of());
        waiting.jobs = 1;
        whenLaid = stamp -> pilots.report(DIRECTOR, stamp, PilotStatus.FAILED, "its submission broke off");
        assertThat(director.runCycle().done()).isZero();
        assertThat(element.processes).isEmpty();
    }

    private static Map<String, ?> pushing() {
        Map<String, Object> described = new LinkedHashMap<>(fake(4, 4));
        described.put("Mode", "Push");
        return described;
    }

    /** Has a job for each pilot. */
    private final class Push extends PilotPush {

        Push() {
            super(new Parcels() {}, pilots);
        }

        @Override
        public Optional<String> obstacle(Caller caller, ComputingElement of) {
            return Optional.empty();
        }

        @Override
        public Optional<PilotLaunch> load(
                Caller caller, ComputingElement to, CeQueue queue, PilotStamp pilot, VoName of) {
            whenLaid.accept(pilot);
            return Optional.of(PilotLaunch.withParcel(pilot, of));
        }

        @Override
        public boolean isAwaited(Caller caller, ComputingElement by, PilotStamp pilot) {
            return isAwaited;
        }
    }

    private QueueState state() {
        return database.inTransaction(() -> states.states(Optional.of(new SiteName(site))))
                .get(0);
    }

    private SiteDirector director(AgentLeases leases) {
        SiteDirectorSettings settings = new SiteDirectorSettings();
        PilotPush push = new Push();
        PilotFollowing following = new PilotFollowing(pilots, push, settings, configuration, clock);
        PilotIntentions intentions = new PilotIntentions(pilots, leases, tests);
        CeRound round = new CeRound(
                following,
                intentions,
                push,
                pilots,
                waiting,
                new MatchingLimits() {
                    @Override
                    public Map<String, Integer> left(VoName of, UserName owner, GroupName group) {
                        return mayRun == Integer.MAX_VALUE ? Map.of() : Map.of("the user alice", mayRun);
                    }
                },
                new PilotFactories(List.of(new FairPilots(), new ReservedPilots(), new OddPilots(), hangingPilots)),
                new OneVo(),
                wms.banList,
                wms.suspended,
                notes,
                settings,
                configuration,
                clock);
        List<ComputingElement> adapters = List.of(element);
        // so long that a busy machine does not look like a stuck computing element
        SiteDirector made = new SiteDirector(
                round,
                new QueueTesting(tests, intentions, push, following, pilots, notes),
                notes,
                adapters,
                settings,
                configuration,
                clock,
                Duration.ofMinutes(10));
        made.runOn(threads);
        return made;
    }

    private void configure(Map<String, ?> ces, Map<String, ?> agent) {
        Map<String, ?> described = Map.of(
                "Resources", Map.of("Sites", Map.of(site, Map.of("CEs", ces))),
                "Systems", Map.of("WorkloadManagement", Map.of("Agents", Map.of("SiteDirector", agent))));
        configuration.set(described);
        wms.configuration.set(described); // jobs name its sites
    }

    private static Map<String, ?> fake(int maxTotal, int maxWaiting) {
        return Map.of(
                "CEType",
                "Fake",
                "MaxTotalJobs",
                maxTotal,
                "MaxWaitingJobs",
                maxWaiting,
                "Queues",
                Map.of("default", Map.of("CPUTime", 3600, "Tags", List.of("fast"))));
    }

    private void runAll() {
        all().forEach(pilot -> {
            element.processes.put(pilot.stamp(), new PilotProcess.Running());
            pilots.report(DIRECTOR, pilot.stamp(), PilotStatus.RUNNING, "says so itself");
        });
    }

    private Optional<PilotOutput> output(PilotStamp stamp) {
        return database.inTransaction(() -> new PilotRepository(database.entities()).output(stamp));
    }

    private List<PilotView> all() {
        return database.query("select stamp from wms.pilot where grid_site = '%s' order by id", site).stream()
                .map(row -> pilots.view(DIRECTOR, new PilotStamp(row.get(0))))
                .toList();
    }

    @Test
    void sendsNoPilotsForJobsThatTheirOwnerMayNotRun() {
        waiting.jobs = 2;
        mayRun = 0;
        director.runCycle();
        assertThat(all()).isEmpty();

        mayRun = 1;
        director.runCycle();
        assertThat(all()).hasSize(1);
    }

    /** As many jobs as a test says wait for the VO. */
    private final class Waiting extends TaskQueues {
        private volatile int jobs;
        private volatile Optional<ResourceDescription> asked = Optional.empty();

        @Override
        public WaitingWork waitingWork(Caller caller, Collection<VoName> vos, int bound) {
            return WaitingWork.of(
                    (of, resource) -> {
                        asked = Optional.of(resource);
                        return jobs == 0
                                ? List.of()
                                : List.of(new OpenQueue(
                                        1,
                                        new QueueDefinition(
                                                "digest",
                                                of,
                                                new UserName("alice"),
                                                new GroupName("users"),
                                                1000,
                                                List.of(),
                                                List.of(),
                                                List.of(),
                                                List.of(),
                                                List.of(),
                                                List.of()),
                                        1));
                    },
                    Map.of(1L, Math.min(Math.max(1, jobs), bound)));
        }
    }

    /** Gives each call the transaction that the container would. */
    private final class Tests extends QueueTests {

        Tests() {
            super(
                    new QueueTestRepository(database.entities()),
                    wms.submission,
                    wms.stateUpdate,
                    pilots,
                    wms.banList,
                    wms.suspended,
                    wms.managed,
                    new SiteDirectorSettings(),
                    configuration,
                    clock);
        }

        @Override
        public List<QueueTest> start(Caller caller, SiteName at, Optional<String> ce, Optional<String> queue) {
            return database.inTransaction(() -> super.start(caller, at, ce, queue));
        }

        @Override
        public QueueTest find(Caller caller, long id) {
            return database.inTransaction(() -> super.find(caller, id));
        }

        @Override
        public List<QueueTestFacts> due(Caller caller) {
            return database.inTransaction(() -> super.due(caller)).stream()
                    .filter(facts -> facts.slot().site().text().equals(site))
                    .toList();
        }

        @Override
        public boolean takeUp(Caller caller, long id) {
            return database.inTransaction(() -> super.takeUp(caller, id));
        }

        @Override
        public void contacted(Caller caller, long id) {
            database.transact(() -> super.contacted(caller, id));
        }

        @Override
        public void name(Caller caller, long id, PilotStamp pilot) {
            database.transact(() -> super.name(caller, id, pilot));
        }

        @Override
        public void submitted(Caller caller, long id) {
            database.transact(() -> super.submitted(caller, id));
        }

        @Override
        public void fail(Caller caller, long id, String reason) {
            database.transact(() -> super.fail(caller, id, reason));
        }

        @Override
        public void conclude(Caller caller) {
            database.transact(() -> super.conclude(caller));
        }
    }

    private final class OneVo extends Registry {
        @Override
        public List<VoName> vos() {
            return List.of(vo);
        }

        @Override
        public boolean knows(VoName asked) {
            return asked.equals(vo);
        }
    }

    @SuppressWarnings("unchecked")
    private Event<PilotEnded> heard() {
        return (Event<PilotEnded>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Event.class}, (proxy, method, arguments) -> {
                    ended.add(((PilotEnded) arguments[0]).stamp());
                    return null;
                });
    }
}
