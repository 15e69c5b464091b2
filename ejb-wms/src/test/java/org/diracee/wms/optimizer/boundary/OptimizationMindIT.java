/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.optimizer.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.diracee.framework.agent.boundary.CycleReport;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.kernel.error.Unavailable;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.fixture.WmsServices;
import org.diracee.wms.job.boundary.AbandonedRequests;
import org.diracee.wms.job.boundary.CheckResult;
import org.diracee.wms.job.boundary.CheckedJob;
import org.diracee.wms.job.boundary.JobChecking;
import org.diracee.wms.job.boundary.JobStaging;
import org.diracee.wms.job.boundary.StatusReport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OptimizationMindIT {

    private static final String ONE = "DIRAC.One.test";
    private static final String TWO = "DIRAC.Two.test";

    private final WmsServices wms = new WmsServices();
    private final Catalog catalog = new Catalog();
    private @Nullable JobId unwritable;
    private final Tapes tapes = new Tapes();
    private final OptimizationMind mind = mind(Optional.of(catalog), Optional.of(tapes));

    /** Replicas as a test puts them. */
    private static final class Catalog implements InputDataCatalog {

        private final Map<String, List<Replica>> replicas = new HashMap<>();
        private final List<Integer> questions = new ArrayList<>();
        private boolean down;
        private Runnable meanwhile = () -> {};

        void put(String lfn, Replica... copies) {
            replicas.put(lfn, List.of(copies));
        }

        @Override
        public Map<String, List<Replica>> replicas(
                VoName vo, UserName owner, GroupName ownerGroup, Collection<String> lfns) {
            if (down) {
                throw new Unavailable("no route to the catalogue");
            }
            questions.add(lfns.size());
            meanwhile.run();
            Map<String, List<Replica>> found = new HashMap<>(replicas);
            found.keySet().retainAll(lfns);
            return found;
        }
    }

    /** A stager that notes what it is asked. */
    private static final class Tapes implements Stager {

        private final Map<JobId, Map<String, Set<String>>> asked = new HashMap<>();
        private final Map<JobId, Long> requests = new HashMap<>();
        private final List<Long> forgotten = new ArrayList<>();
        private boolean down;

        @Override
        public void stage(
                long request,
                JobId job,
                VoName vo,
                UserName owner,
                GroupName ownerGroup,
                Map<String, Set<String>> files) {
            if (down) {
                throw new Unavailable("the robot is being repaired");
            }
            asked.put(job, files);
            requests.put(job, request);
        }

        @Override
        public void forget(long request) {
            forgotten.add(request);
        }
    }

    /** What the tests of other classes left in Checking is none of its business. */
    private OptimizationMind mind(Optional<InputDataCatalog> replicas, Optional<Stager> stager) {
        JobChecking ours = new JobChecking() {
            @Override
            public List<CheckedJob> due(org.diracee.kernel.access.Caller caller, int limit) {
                return wms.in(services -> services.checking.due(caller, limit)).stream()
                        .filter(job -> job.vo().equals(wms.vo))
                        .toList();
            }

            @Override
            public List<CheckedJob> toBeStaged(org.diracee.kernel.access.Caller caller, int limit) {
                return wms.in(services -> services.checking.toBeStaged(caller, limit)).stream()
                        .filter(job -> job.vo().equals(wms.vo))
                        .toList();
            }

            @Override
            public int settle(org.diracee.kernel.access.Caller caller, Collection<CheckResult> results) {
                if (results.stream().anyMatch(result -> result.job().id().equals(unwritable))) {
                    throw new IllegalStateException("it cannot be written");
                }
                return wms.in(services -> services.checking.settle(caller, results));
            }

            @Override
            public void putOff(org.diracee.kernel.access.Caller caller, CheckedJob job, Duration time) {
                wms.database.transact(() -> wms.checking.putOff(caller, job, time));
            }
        };
        JobStaging staging = new JobStaging() {
            @Override
            public AbandonedRequests abandoned(org.diracee.kernel.access.Caller caller, long after, int span) {
                return wms.in(services -> services.staging.abandoned(caller, after, span));
            }

            @Override
            public void forgotten(org.diracee.kernel.access.Caller caller, long request) {
                wms.database.transact(() -> wms.staging.forgotten(caller, request));
            }
        };
        return new OptimizationMind(
                ours, staging, wms.configuration, new Registry(wms.configuration), replicas, stager);
    }

    @BeforeEach
    void configure() {
        // a cycle takes only so many jobs: those that other classes left would be among them
        wms.database.query("update wms.job set lease_until = 'infinity' where status = 'Checking'");
        wms.database.query("delete from wms.stage_request");
        configure(Map.of());
    }

    private void configure(Map<String, ?> scheduling) {
        wms.configuration.set(Map.of(
                "Operations",
                Map.of("Defaults", Map.of("JobScheduling", scheduling)),
                "Resources",
                Map.of(
                        "StorageElementGroups",
                        Map.of("Disks", "SE-ONE, SE-BOTH"),
                        "Sites",
                        Map.of(
                                ONE,
                                Map.of("SE", "Disks"),
                                TWO,
                                Map.of("SE", "SE-TWO, SE-BOTH, SE-TAPE"),
                                "DIRAC.Three.test",
                                Map.of()))));
    }

    private String lfn(String name) {
        return "/" + wms.vo + "/" + name;
    }

    private JobId submitted(String jdl, String... files) {
        String data = "InputData = {"
                + String.join(
                        ", ",
                        Arrays.stream(files)
                                .map(name -> "\"LFN:" + lfn(name) + "\"")
                                .toList())
                + "};";
        return wms.submitted(wms.alice, "Executable = \"run.sh\";" + data + jdl).get(0);
    }

    private static InputDataCatalog.Replica disk(String element) {
        return new InputDataCatalog.Replica(element, true);
    }

    private static InputDataCatalog.Replica tape(String element) {
        return new InputDataCatalog.Replica(element, false);
    }

    private String state(JobId id) {
        return String.join(
                "|",
                wms.column(id, "status"),
                wms.column(id, "minor_status"),
                wms.column(id, "application_status"),
                wms.column(id, "site"));
    }

    private List<String> sitesOf(JobId id) {
        return Arrays.asList(wms.database
                .value(
                        "select array_to_string(sites, ',') from wms.task_queue where id = "
                                + "(select task_queue_id from wms.job where id = %s)",
                        id)
                .split(","));
    }

    private void fail(JobId id) {
        wms.database.query("update wms.job set status = 'Failed' where id = %s", id);
    }

    private void report(JobId id, StatusReport report) {
        wms.in(services ->
                services.stateUpdate.status(wms.alice, Map.of(id, Map.of(wms.clock.instant(), report)), false));
    }

    @Test
    void sendsAJobWhereAllItsFilesAreWithAWordOfEachOptimizer() {
        catalog.put(lfn("a"), disk("SE-ONE"), disk("SE-BOTH"));
        catalog.put(lfn("b"), disk("SE-ONE"), tape("SE-TAPE"));
        JobId id = submitted("", "a", "b");

        assertThat(state(id)).isEqualTo("Checking|InputData|Unknown|ANY");
        CycleReport report = mind.runCycle();

        assertThat(report).isEqualTo(new CycleReport(1, 1, 0));
        assertThat(state(id)).isEqualTo("Waiting|Pilot Agent Submission|Unknown|" + ONE);
        assertThat(sitesOf(id)).containsExactly(ONE);
        assertThat(wms.log(id))
                .containsExactly(
                        "Received/Job accepted/JobManager",
                        "Checking/JobSanity/JobPath",
                        "Checking/InputData/JobSanity",
                        "Checking/JobScheduling/InputData",
                        "Waiting/Pilot Agent Submission/JobScheduling");
        assertThat(mind.runCycle()).isEqualTo(new CycleReport(0, 0, 0));
        assertThat(wms.database.query(
                        "select status, minor_status, site, sum(jobs) from wms.job_counter_delta where vo = '%s' "
                                + "group by 1, 2, 3 having sum(jobs) <> 0",
                        wms.vo))
                .containsExactly(List.of("Waiting", "Pilot Agent Submission", ONE, "1"));
    }

    @Test
    void namesSeveralSitesAndKeepsToThoseAskedForAndNotBanned() {
        catalog.put(lfn("a"), disk("SE-BOTH"));
        JobId anywhere = submitted("", "a");
        JobId banned = submitted("BannedSites = \"" + ONE + "\";", "a");
        JobId group = submitted("Site = {\"Group.My\", \"" + ONE + "\", \"" + TWO + "\"};", "a");
        JobId elsewhere = submitted("Site = \"DIRAC.Three.test\";", "a");

        mind.runCycle();

        assertThat(state(anywhere)).endsWith("|MultipleInput");
        assertThat(sitesOf(anywhere)).containsExactly(ONE, TWO);
        assertThat(sitesOf(banned)).containsExactly(TWO);
        assertThat(state(group)).endsWith("|Group.My");
        assertThat(state(elsewhere))
                .isEqualTo("Failed|JobScheduling optimizer|Impossible InputData * Site requirements: the input data is"
                        + " at DIRAC.One.test, DIRAC.Two.test; the job asks for DIRAC.Three.test|DIRAC.Three.test");
        assertThat(wms.column(elsewhere, "end_exec_time")).isNotEqualTo("null");
        assertThat(wms.log(elsewhere)).endsWith("Failed/JobScheduling optimizer/JobScheduling");
        assertThat(catalog.questions)
                .as("one question for all jobs of the owner")
                .containsExactly(1);
    }

    @Test
    void failsAJobWhoseFilesNobodyHasAndOneWithoutASiteNearAll() {
        catalog.put(lfn("a"), disk("SE-ONE"));
        catalog.put(lfn("b"), disk("SE-TWO"));
        JobId missing = submitted("", "a", "nowhere");
        JobId apart = submitted("", "a", "b");

        mind.runCycle();

        assertThat(state(missing))
                .isEqualTo("Failed|InputData optimizer|Input data not available: no replica of " + lfn("nowhere")
                        + " (1 of 2 files)|ANY");
        assertThat(state(apart))
                .isEqualTo("Failed|InputData optimizer|No candidate sites available: no site has all of the 2 files"
                        + " near it; they are at SE-ONE, SE-TWO|ANY");
    }

    @Test
    void saysThatThereIsNoDataManagement() {
        JobId id = submitted("", "a");

        mind(Optional.empty(), Optional.empty()).runCycle();

        assertThat(state(id))
                .startsWith("Failed|InputData optimizer|Input data not available: this installation has no");
    }

    @Test
    void holdsJobsWhileTheCatalogueIsAwayAndLogsThatOnce() {
        catalog.put(lfn("a"), disk("SE-ONE"));
        JobId id = submitted("", "a");
        catalog.down = true;

        mind.runCycle();
        int lines = wms.log(id).size();
        assertThat(state(id))
                .isEqualTo(
                        "Checking|InputData|On Hold: the file catalogue does not answer: no route to the catalogue|ANY");
        assertThat(mind.runCycle().taken()).isZero();
        wms.clock.advance(Duration.ofSeconds(301));
        assertThat(mind.runCycle().taken()).isEqualTo(1);
        assertThat(wms.log(id)).hasSize(lines);

        catalog.down = false;
        wms.clock.advance(Duration.ofSeconds(301));
        mind.runCycle();
        assertThat(state(id)).isEqualTo("Waiting|Pilot Agent Submission|Unknown|" + ONE);
    }

    @Nested
    class FilesOnTape {

        private final String wanted = lfn("a");

        private JobId onTape() {
            catalog.put(wanted, tape("SE-TAPE"));
            catalog.put(lfn("b"), disk("SE-TWO"), disk("SE-ONE"));
            return submitted("", "a", "b");
        }

        private boolean answer(JobId id, boolean staged) {
            return answer(tapes.requests.getOrDefault(id, 0L), staged);
        }

        private boolean answer(long request, boolean staged) {
            return wms.in(services -> services.staging.answered(wms.agent, request, staged));
        }

        private String requests(JobId id) {
            return wms.database.value("select count(*) from wms.stage_request where job_id = %s", id);
        }

        @Test
        void failTheJobWhereNobodyStagesThem() {
            JobId id = onTape();

            mind(Optional.of(catalog), Optional.empty()).runCycle();

            assertThat(state(id))
                    .isEqualTo(
                            "Failed|JobScheduling optimizer|Input data not available: it must be staged from tape at "
                                    + TWO + ", which this installation cannot do|ANY");
        }

        @Test
        void areAskedForOnceTheJobIsInStagingAndItGoesOnWhenTheyAreThere() {
            JobId id = onTape();

            mind.runCycle();

            assertThat(state(id)).isEqualTo("Staging|Request Sent|Unknown|ANY");
            assertThat(tapes.asked).containsExactly(Map.entry(id, Map.of(wanted, Set.of("SE-TAPE"))));
            assertThat(wms.log(id))
                    .endsWith(
                            "Checking/JobScheduling/InputData",
                            "Staging/Request To Be Sent/JobScheduling",
                            "Staging/Request Sent/JobScheduling");
            tapes.asked.clear();
            assertThat(mind.runCycle().taken()).as("asked once").isZero();

            assertThat(answer(id, true)).isTrue();
            assertThat(state(id)).isEqualTo("Checking|JobScheduling|Unknown|ANY");
            catalog.put(wanted, disk("SE-TAPE"));
            mind.runCycle();

            assertThat(state(id)).isEqualTo("Waiting|Pilot Agent Submission|Unknown|" + TWO);
            assertThat(wms.log(id))
                    .endsWith("Checking/JobScheduling/StagerSystem", "Waiting/Pilot Agent Submission/JobScheduling");
            assertThat(requests(id)).isEqualTo("0");
            assertThat(tapes.asked).isEmpty();
            assertThat(tapes.forgotten).isEmpty();
        }

        /** Owners may write minor statuses. */
        @Test
        void areNotBelievedToBeWantedForWhatAMinorStatusSays() {
            catalog.put(lfn("b"), disk("SE-TWO"));
            JobId id = submitted("", "b");
            wms.database.query("update wms.job set minor_status = 'Request To Be Sent' where id = %s", id);

            mind.runCycle();

            assertThat(state(id)).isEqualTo("Waiting|Pilot Agent Submission|Unknown|" + TWO);
        }

        @Test
        void areAskedForWhateverTheMinorStatusSays() {
            JobId id = onTape();
            tapes.down = true;
            mind.runCycle();
            wms.database.query("update wms.job set minor_status = 'mine' where id = %s", id);
            tapes.down = false;
            wms.clock.advance(Duration.ofSeconds(301));

            mind.runCycle();

            assertThat(state(id)).startsWith("Staging|Request Sent|");
        }

        @Test
        void thatCannotBeStagedLeaveTheJobInStaging() {
            JobId id = onTape();
            mind.runCycle();

            assertThat(answer(id, false)).isTrue();

            assertThat(state(id)).isEqualTo("Staging|Staging input files failed|Unknown|ANY");
            assertThat(wms.log(id)).endsWith("Staging/Staging input files failed/StagerSystem");
            assertThat(mind.runCycle().taken()).isZero();
        }

        @Test
        void areAskedForLaterWhileTheStagerIsAway() {
            JobId id = onTape();
            tapes.down = true;

            mind.runCycle();
            assertThat(state(id))
                    .isEqualTo("Staging|Request To Be Sent|On Hold: the stager does not answer: the robot is being"
                            + " repaired|ANY");
            assertThat(mind.runCycle().taken()).isZero();

            tapes.down = false;
            wms.clock.advance(Duration.ofSeconds(301));
            mind.runCycle();
            assertThat(state(id)).isEqualTo("Staging|Request Sent|Unknown|ANY");
        }

        @Test
        void areNotAskedForIfTheyHaveComeMeanwhile() {
            JobId id = onTape();
            tapes.down = true;
            mind.runCycle();

            catalog.put(wanted, disk("SE-TAPE"));
            wms.clock.advance(Duration.ofSeconds(301));
            mind.runCycle();

            assertThat(state(id)).isEqualTo("Waiting|Pilot Agent Submission|Unknown|" + TWO);
        }

        @Test
        void areForgottenWhenTheJobIsKilled() {
            JobId id = onTape();
            mind.runCycle();

            wms.in(services -> services.stateUpdate.status(
                    wms.alice,
                    Map.of(
                            id,
                            Map.of(
                                    wms.clock.instant(),
                                    new StatusReport(
                                            Optional.of(JobStatus.KILLED),
                                            Optional.of("Marked for termination"),
                                            Optional.empty(),
                                            "JobManager"))),
                    false));
            assertThat(answer(id, true)).as("too late").isFalse();
            mind.runCycle();

            assertThat(state(id)).isEqualTo("Killed|Marked for termination|Unknown|ANY");
            assertThat(tapes.forgotten).containsExactly(tapes.requests.get(id));
            assertThat(requests(id)).isEqualTo("0");
        }

        @Test
        void areForgottenAndAskedForAgainWhenTheJobIsRescheduled() {
            JobId id = onTape();
            mind.runCycle();
            tapes.asked.clear();
            long first = tapes.requests.get(id);

            wms.in(services -> services.manager.reschedule(wms.alice, List.of(id), false));
            mind.runCycle();

            assertThat(state(id)).isEqualTo("Staging|Request Sent|Unknown|ANY");
            assertThat(tapes.asked).containsOnlyKeys(id);
            assertThat(tapes.forgotten).containsExactly(first);
            assertThat(answer(first, true)).as("to what was asked before").isFalse();
            assertThat(state(id)).isEqualTo("Staging|Request Sent|Unknown|ANY");
            assertThat(answer(id, true)).isTrue();
        }

        @Test
        void areForGroupsThatMayStageWhereThatIsRestricted() {
            configure(Map.of("RestrictDataStage", "True"));
            JobId id = onTape();

            mind.runCycle();

            assertThat(state(id))
                    .startsWith("Failed|JobScheduling optimizer|Input data not available: it must be staged");
            assertThat(state(id)).contains("which the group users may not ask for, as it lacks StageAllowed");
        }
    }

    @Nested
    class WhatFails {

        @Test
        void aCatalogueThatBreaksHoldsTheJobs() {
            catalog.meanwhile = () -> {
                throw new IllegalStateException("broken");
            };
            JobId id = submitted("", "a");

            assertThat(mind.runCycle()).isEqualTo(new CycleReport(1, 1, 0));
            assertThat(state(id))
                    .startsWith("Checking|InputData|On Hold: the file catalogue does not answer: see the server's log");
        }

        @Test
        void aCatalogueThatAnswersNothingHoldsTheJobs() {
            JobId id = submitted("", "a");

            mind(Optional.of((vo, owner, group, lfns) -> null), Optional.empty())
                    .runCycle();

            assertThat(state(id)).startsWith("Checking|InputData|On Hold: the file catalogue does not answer");
        }

        @Test
        void aJobThatCannotBeJudgedIsHeldAloneWithoutHoldingUpOthers() {
            catalog.put(lfn("b"), disk("SE-ONE"));
            JobId broken = submitted("", "a");
            JobId sound = submitted("", "b");

            InputDataCatalog odd = (vo, owner, group, lfns) -> {
                Map<String, List<InputDataCatalog.Replica>> found = new HashMap<>(catalog.replicas);
                found.put(lfn("a"), null);
                return found;
            };
            mind(Optional.of(odd), Optional.empty()).runCycle();

            assertThat(state(broken)).startsWith("Checking|InputData|On Hold: it cannot be judged");
            assertThat(wms.column(sound, "status")).isEqualTo("Waiting");
        }

        @Test
        void aJobThatCannotBeWrittenMakesRoomForOthers() {
            catalog.put(lfn("a"), disk("SE-ONE"));
            unwritable = submitted("", "a");
            JobId sound = submitted("", "a");

            assertThat(mind.runCycle()).isEqualTo(new CycleReport(2, 1, 1));
            assertThat(wms.column(sound, "status")).isEqualTo("Waiting");
            assertThat(mind.runCycle().taken()).isZero();
            wms.clock.advance(Duration.ofSeconds(301));
            assertThat(mind.runCycle().failed()).isEqualTo(1);
        }
    }

    @Nested
    class WhileTheCatalogueIsAsked {

        private JobId asked(Consumer<JobId> meanwhile) {
            catalog.put(lfn("a"), disk("SE-ONE"));
            JobId id = submitted("", "a");
            catalog.meanwhile = () -> meanwhile.accept(id);
            return id;
        }

        @Test
        void aKilledJobStaysKilled() {
            JobId id = asked(job -> report(job, StatusReport.of(JobStatus.KILLED, "Marked for termination", "test")));

            assertThat(mind.runCycle()).isEqualTo(new CycleReport(1, 0, 0));
            assertThat(wms.column(id, "status")).isEqualTo("Killed");
        }

        @Test
        void aRescheduledJobStaysHeld() {
            configure(Map.of("RescheduleDelays", "60"));
            JobId id = asked(job -> {
                fail(job);
                wms.in(services -> services.manager.reschedule(wms.alice, List.of(job), false));
            });
            // as a rescheduled job, so that status and minor status alone do not tell
            wms.database.query("update wms.job set minor_status = 'JobSanity' where id = %s", id);

            assertThat(mind.runCycle()).isEqualTo(new CycleReport(1, 0, 0));
            assertThat(state(id)).startsWith("Checking|JobSanity|On Hold: for 60 s after rescheduling 1|");
            assertThat(mind.runCycle().taken()).isZero();
        }
    }

    @Test
    void aSweepWithItsOwnFilesAsksForAllOfThemAtOnce() {
        int jobs = 1200;
        IntStream.range(0, jobs).forEach(i -> catalog.put(lfn("f" + i), disk(i % 2 == 0 ? "SE-ONE" : "SE-TWO")));
        List<JobId> ids = wms.submitted(
                wms.alice,
                "Executable = \"run.sh\"; InputData = {\"LFN:" + lfn("f%s") + "\"}; Parameters = " + jobs
                        + "; ParameterStart = 0; ParameterStep = 1;");

        CycleReport report = mind.runCycle();

        assertThat(report).isEqualTo(new CycleReport(jobs, jobs, 0));
        assertThat(catalog.questions).containsExactly(500, 500, 200);
        assertThat(wms.database.query(
                        "select site, count(*), count(distinct task_queue_id) from wms.job where vo = '%s' and status = 'Waiting' "
                                + "group by 1 order by 1",
                        wms.vo))
                .containsExactly(List.of(ONE, "600", "1"), List.of(TWO, "600", "1"));
        assertThat(ids).hasSize(jobs);
    }

    @Test
    void boundsHowManyFilesItKeepsAndAsksForAtOnce() {
        String[] files = IntStream.range(0, 30_000).mapToObj(i -> "f" + i).toArray(String[]::new);
        submitted("JobType = \"Test\"; Parameters = 3;", files);

        assertThat(mind.runCycle()).isEqualTo(new CycleReport(3, 3, 0));
        assertThat(catalog.questions)
                .as("30 for two jobs with the same files, 30 for the third")
                .hasSize(60)
                .containsOnly(1_000);
    }

    @Nested
    class WhichJobsAskForFiles {

        @Test
        void notThoseThatDisableItNorThoseWhosePathLeavesItOut() {
            JobId disabled = submitted("DisableDataScheduling = true;", "a");
            JobId own = submitted("JobPath = {\"JobPath\", \"JobSanity\", \"JobScheduling\"};", "a");
            JobId processing = submitted("JobType = \"Merge\";", "a");
            JobId ownGoesFirst = submitted("JobType = \"Merge\"; JobPath = \"InputData\";", "a");

            assertThat(List.of(disabled, own, processing))
                    .allSatisfy(id -> assertThat(wms.column(id, "status")).isEqualTo("Waiting"));
            assertThat(wms.column(ownGoesFirst, "status")).isEqualTo("Checking");
        }

        @Test
        void asTheConfigurationSaysForTheirType() {
            configure(Map.of("JobPath", Map.of("Merge", "InputData", "Test", "JobScheduling")));

            assertThat(wms.column(submitted("JobType = \"Merge\";", "a"), "status"))
                    .isEqualTo("Checking");
            assertThat(wms.column(submitted("JobType = \"Test\";", "a"), "status"))
                    .isEqualTo("Waiting");
        }
    }

    @Nested
    class Rescheduling {

        @Test
        void looksForTheFilesAnew() {
            catalog.put(lfn("a"), disk("SE-ONE"));
            JobId id = submitted("", "a");
            mind.runCycle();
            fail(id);
            catalog.put(lfn("a"), disk("SE-TWO"));

            wms.in(services -> services.manager.reschedule(wms.alice, List.of(id), false));
            assertThat(state(id)).isEqualTo("Checking|JobSanity|Unknown|" + ONE);
            mind.runCycle();

            assertThat(state(id)).isEqualTo("Waiting|Pilot Agent Submission|Unknown|" + TWO);
            assertThat(wms.log(id))
                    .endsWith(
                            "Rescheduled/Job Rescheduled/JobManager",
                            "Received/Job Rescheduled/JobManager",
                            "Checking/JobSanity/JobPath",
                            "Checking/InputData/JobSanity",
                            "Checking/JobScheduling/InputData",
                            "Waiting/Pilot Agent Submission/JobScheduling");
        }

        @Test
        void waitsForTheDelayOfTheVo() {
            configure(Map.of("RescheduleDelays", "60, 180"));
            JobId id = wms.submitted(wms.alice, "Executable = \"run.sh\"; Site = \"" + ONE + "\"")
                    .get(0);
            fail(id);
            wms.in(services -> services.manager.reschedule(wms.alice, List.of(id), false));

            assertThat(state(id)).isEqualTo("Checking|JobScheduling|On Hold: for 60 s after rescheduling 1|" + ONE);
            report(id, StatusReport.of(JobStatus.CHECKING, "JobScheduling", "test"));
            report(id, StatusReport.of(JobStatus.WAITING, "Pilot Agent Submission", "test"));
            assertThat(mind.runCycle().taken()).as("reports end no delay").isZero();
            wms.clock.advance(Duration.ofSeconds(61));
            mind.runCycle();

            assertThat(state(id)).isEqualTo("Waiting|Pilot Agent Submission|Unknown|" + ONE);
        }
    }
}
