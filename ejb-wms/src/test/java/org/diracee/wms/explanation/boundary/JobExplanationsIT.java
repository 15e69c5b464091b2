/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.explanation.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.ban.boundary.BannedKind;
import org.diracee.wms.explanation.boundary.FailureCounts.CountedCause;
import org.diracee.wms.explanation.boundary.WaitingExplanation.Reason;
import org.diracee.wms.fixture.WmsServices;
import org.diracee.wms.fixture.WmsServices.Explanations;
import org.diracee.wms.job.boundary.JobQuery;
import org.diracee.wms.job.control.JobNotFound;
import org.diracee.wms.matching.boundary.MatchedJob;
import org.diracee.wms.taskqueue.boundary.QueueField;
import org.diracee.wms.taskqueue.boundary.ResourceDescription;
import org.diracee.wms.taskqueue.boundary.Unmet;
import org.diracee.wms.taskqueue.boundary.WantedWork;
import org.junit.jupiter.api.Test;

class JobExplanationsIT {

    private static final String SIMPLE = "Executable = \"true\";";
    private static final String LOCAL = "DIRAC.Local.test";
    private static final String OTHER = "DIRAC.Other.test";

    private final WmsServices wms = new WmsServices();
    private final Explanations explanations = wms.explanations();

    @Test
    void nothingIsKnownWhereNoPilotCameYet() {
        JobId job = wms.submitted(wms.alice, SIMPLE).get(0);

        Explanation explanation = explain(job);
        assertThat(waiting(explanation).reason()).isEqualTo(Reason.NO_RESOURCE);
        assertThat(waiting(explanation).resources().all()).isEmpty();
        assertThat(explanation.sentence()).startsWith("No resource is known that could take it");
    }

    @Test
    void namesTheRequirementThatAPilotDoesNotMeet() {
        JobId job = wms.submitted(wms.alice, "Executable = \"true\"; CPUTime = 90000; Tags = {\"GPU\"};")
                .get(0);
        ask(resource(LOCAL, 3600, List.of()));

        Explanation explanation = explain(job);
        assertThat(waiting(explanation).reason()).isEqualTo(Reason.NOTHING_FITS);
        assertThat(waiting(explanation).resources().all()).singleElement().satisfies(check -> {
            assertThat(check.unmet()).extracting(Unmet::field).containsExactly(QueueField.CPU_TIME, QueueField.TAG);
            assertThat(check.lastSeen()).isPresent();
        });
        assertThat(explanation.sentence()).contains(LOCAL + "/ce1 fails at CPUTime");
    }

    @Test
    void bansAreNamed() {
        JobId job = wms.submitted(wms.alice, "Executable = \"true\"; BannedSites = {\"" + LOCAL + "\"};")
                .get(0);
        ask(resource(LOCAL, 1_000_000, List.of()));

        assertThat(waiting(explain(job)).resources().all().get(0).unmet())
                .extracting(Unmet::cause)
                .containsExactly(Unmet.Cause.BANNED);
    }

    @Test
    void aSuspendedSiteAndAHeldOwnerAreNamed() {
        JobId job = wms.submitted(wms.alice, SIMPLE).get(0);
        wms.suspended.sites.add(new SiteName(LOCAL));
        ask(resource(LOCAL, 1_000_000, List.of()));
        assertThat(waiting(explain(job)).reason()).isEqualTo(Reason.SUSPENDED);

        wms.suspended.owners.add("alice");
        assertThat(waiting(explain(job)).reason()).isEqualTo(Reason.OWNER_HELD);
    }

    @Test
    void aBanIsNamedWithItsEndItsAuthorAndItsReason() {
        ask(resource(LOCAL, 1_000_000, List.of("GPU")));
        Instant until = wms.clock.instant().plusSeconds(3_600);
        JobId waiting = wms.submitted(wms.alice, SIMPLE).get(0);
        wms.banned(BannedKind.SITE, LOCAL, Optional.of(until));

        assertThat(waiting(explain(waiting)).reason()).isEqualTo(Reason.BANNED);
        assertThat(explain(waiting).sentence())
                .isEqualTo("One known resource meets its requirements, but none gets such jobs now: the site " + LOCAL
                        + " is banned until " + until.truncatedTo(ChronoUnit.SECONDS)
                        + " by olga, because: cooling is broken.");
    }

    @Test
    void aLimitIsNamedWithItsNumber() {
        wms.configuration.set(Map.of(
                "Operations",
                Map.of(
                        wms.vo.text(),
                        Map.of(
                                "JobScheduling",
                                Map.of("RunningLimit", Map.of(LOCAL, Map.of("Owner", Map.of("alice", "1"))))))));
        JobId job = wms.submitted(wms.alice, SIMPLE, SIMPLE).get(1);
        assertThat(ask(resource(LOCAL, 1_000_000, List.of()))).hasSize(1);
        wms.clock.advance(Duration.ofSeconds(30));

        Explanation explanation = explain(job);
        assertThat(waiting(explanation).reason()).isEqualTo(Reason.LIMIT);
        assertThat(explanation.sentence())
                .isEqualTo("One known resource meets its requirements, but none gets such jobs now: " + LOCAL
                        + " may have 1 jobs with Owner alice at a time, and has them.");
    }

    @Test
    void aQuotaIsNamedAsWhatHoldsTheJobEverywhereAlsoBeforeItIsSubmitted() {
        wms.configuration.set(Map.of(
                "Operations",
                Map.of(
                        wms.vo.text(),
                        Map.of("JobLimits", Map.of("Groups", Map.of("users", Map.of("MaxRunningJobs", "2")))))));
        JobId job = wms.submitted(wms.alice, SIMPLE, SIMPLE, SIMPLE).get(2);
        ask(resource(LOCAL, 1_000_000, List.of()));
        ask(resource(OTHER, 1_000_000, List.of()));
        wms.clock.advance(Duration.ofSeconds(30));

        String sentence = "2 known resources meet its requirements, but none gets such jobs now: the group users runs"
                + " 2 of 2 jobs (Operations/" + wms.vo + "/JobLimits/Groups/users/MaxRunningJobs).";
        assertThat(explain(job).sentence()).isEqualTo(sentence);
        assertThat(waiting(explain(job)).reason()).isEqualTo(Reason.QUOTA);
        List<DescriptionCheck> checks = wms.in(services -> explanations.dryRun().check(wms.bob, List.of(SIMPLE)));
        assertThat(checks)
                .flatExtracting(DescriptionCheck::queues)
                .extracting(DescriptionCheck.QueueCheck::sentence)
                .containsExactly(sentence);
    }

    @Test
    void tellsThePlaceInTheQueueItsShareAndThePace() {
        ask(resource(LOCAL, 1_000_000, List.of()));
        List<JobId> jobs = wms.submitted(wms.alice, SIMPLE, SIMPLE, SIMPLE, SIMPLE);
        wms.submitted(wms.bob, SIMPLE);
        wms.database.query("update wms.task_queue set priority = 3 where vo = '%s' and owner = 'alice'", wms.vo);
        for (int minutes = 2; minutes <= 4; minutes += 2) {
            wms.clock.advance(Duration.ofMinutes(2));
            assertThat(ask(onlyOf("alice"))).hasSize(1);
        }
        wms.in(services -> {
            services.queues.refresh(OptionalLong.of(System.nanoTime()));
            return true;
        });

        WaitingExplanation waiting = waiting(explain(jobs.get(3)));
        assertThat(waiting.reason()).isEqualTo(Reason.TURN);
        assertThat(waiting.queue().ahead()).isEqualTo(1);
        assertThat(waiting.queue().handedOut()).isEqualTo(2);
        assertThat(waiting.queue().rivals()).isEqualTo(2);
        assertThat(waiting.queue().share()).contains(0.75);
        assertThat(waiting.estimate()).contains(Duration.ofHours(1));
    }

    @Test
    void theConfigurationStandsInWhereNoPilotCameYet() {
        wms.configuration.set(Map.of(
                "Resources",
                Map.of(
                        "Sites",
                        Map.of(
                                LOCAL,
                                Map.of(
                                        "CEs",
                                        Map.of("ce1", Map.of("CEType", "Local", "Queues", Map.of("q", Map.of()))))))));
        JobId job = wms.submitted(wms.alice, SIMPLE).get(0);

        WaitingExplanation waiting = waiting(explain(job));
        assertThat(waiting.reason()).isEqualTo(Reason.NO_PILOT);
        assertThat(waiting.resources().all()).singleElement().satisfies(check -> assertThat(check.lastSeen())
                .isEmpty());

        ask(resource(LOCAL, 10, List.of()));
        assertThat(waiting(explain(job)).reason()).isEqualTo(Reason.NOTHING_FITS);
    }

    /** No second opinion: a pilot of a resource gets a job exactly if the explanation says that the resource takes it. */
    @Test
    void agreesWithTheMatcher() {
        Random random = new Random(20261126);
        wms.configuration.set(Map.of(
                "Resources",
                Map.of("Sites", Map.of(LOCAL, Map.of(), OTHER, Map.of(), "DIRAC.Third.test", Map.of())),
                "Operations",
                Map.of(
                        wms.vo.text(),
                        Map.of(
                                "JobScheduling",
                                Map.of("RunningLimit", Map.of(OTHER, Map.of("JobType", Map.of("Merge", "0"))))))));
        wms.suspended.sites.add(new SiteName("DIRAC.Third.test"));
        int taken = 0;
        for (int round = 0; round < 60; round++) {
            // each at a computing element of its own, so that all are remembered; nothing waits yet
            int number = round;
            List<ResourceDescription> resources = IntStream.range(0, 3)
                    .mapToObj(i -> randomResource(random, "ce" + number + "-" + i))
                    .toList();
            resources.forEach(this::ask);
            JobId job = wms.submitted(wms.alice, randomJob(random)).get(0);
            Map<Optional<String>, ResourceCheck> checks = waiting(explain(job)).resources().all().stream()
                    .collect(Collectors.toMap(check -> check.resource().gridCe(), check -> check));
            for (ResourceDescription resource : resources) {
                boolean says = checks.get(resource.gridCe()).takes();
                List<MatchedJob> matched = ask(resource);
                assertThat(!matched.isEmpty()).as("%s of %s", resource, job).isEqualTo(says);
                if (says) {
                    taken++;
                    break;
                }
            }
            wms.database.query("update wms.job set status = 'Done' where vo = '%s' and status = 'Waiting'", wms.vo);
        }
        assertThat(taken).isBetween(10, 50);
    }

    private static String randomJob(Random random) {
        StringBuilder jdl = new StringBuilder(SIMPLE);
        jdl.append("CPUTime = ").append(random.nextInt(4) * 20_000 + 300).append(';');
        if (random.nextInt(3) == 0) {
            jdl.append("Site = {\"")
                    .append(random.nextBoolean() ? LOCAL : OTHER)
                    .append("\"};");
        } else if (random.nextInt(3) == 0) {
            jdl.append("BannedSites = {\"")
                    .append(random.nextBoolean() ? LOCAL : OTHER)
                    .append("\"};");
        }
        if (random.nextInt(4) == 0) {
            jdl.append("Tags = {\"GPU\"};");
        }
        if (random.nextInt(4) == 0) {
            jdl.append("NumberOfProcessors = ").append(random.nextInt(3) + 2).append(';');
        }
        if (random.nextInt(3) == 0) {
            jdl.append("JobType = \"Merge\";");
        }
        return jdl.toString();
    }

    private static ResourceDescription randomResource(Random random, String ce) {
        return new ResourceDescription(
                new SiteName(
                        List.of(LOCAL, LOCAL, OTHER, OTHER, "DIRAC.Third.test").get(random.nextInt(5))),
                Optional.empty(),
                random.nextInt(5) * 30_000L,
                Optional.of(ce),
                random.nextInt(3) == 0 ? List.of("GPU") : List.of(),
                List.of(),
                random.nextInt(4) + 1,
                0,
                false,
                random.nextInt(5) == 0 ? List.of("Merge") : List.of(),
                WantedWork.ANY);
    }

    @Test
    void tellsWhereAJobStandsThatDoesNotWait() {
        JobId job = wms.submitted(wms.alice, SIMPLE).get(0);
        Caller.Pilot pilot = wms.pilot();
        wms.matched(pilot, 1);

        Explanation explanation = explain(job);
        assertThat(explanation.sentence())
                .startsWith("It was given to a pilot at " + LOCAL + " and is about to start; if");
        assertThat(explanation.leaseUntil()).isPresent();
        assertThat(explanation.pilot()).hasValueSatisfying(holder -> {
            assertThat(holder.stamp()).isEqualTo(pilot.stamp().text());
            assertThat(holder.status()).isEqualTo("Running");
        });
    }

    @Test
    void classifiesAFailureWithItsEvidence() {
        JobId job = wms.submitted(wms.alice, SIMPLE).get(0);
        wms.matched(wms.pilot(), 1);
        fail(job, "Application Finished With Errors");
        wms.database.query("insert into wms.job_parameter (job_id, name, value) values (%s, 'ExitCode', '137')", job);
        wms.database.query(
                "insert into wms.job_parameter (job_id, name, value) values (%s, 'Error Message', 'Killed')", job);

        Explanation explanation = explain(job);
        FailureExplanation failure = explanation.failure().orElseThrow();
        assertThat(failure.cause()).isEqualTo(FailureCause.LIMITS);
        assertThat(failure.evidence())
                .contains("exit code: 137", "status of its pilot: Running", "parameter Error Message: Killed")
                .anyMatch(line -> line.startsWith("log: ") && line.endsWith("Matched, Assigned (Matcher)"));
        assertThat(explanation.sentence()).startsWith("It failed: the program was killed by signal 9");
    }

    @Test
    void countsCausesOverManyJobs() {
        List<JobId> jobs = wms.submitted(wms.alice, SIMPLE, SIMPLE, SIMPLE, SIMPLE);
        fail(jobs.get(0), "Job has insufficient disk space to continue");
        fail(jobs.get(1), "Job has insufficient disk space to continue");
        fail(jobs.get(2), "Input Data Resolution");

        FailureCounts counts = counted(wms.alice, Optional.empty());
        assertThat(counts.examined()).isEqualTo(3);
        assertThat(counts.next()).isEmpty();
        assertThat(counts.causes())
                .containsExactly(
                        new CountedCause(
                                FailureCause.SITE,
                                2,
                                List.of(jobs.get(1)),
                                Map.of("Job has insufficient disk space to continue", 2)),
                        new CountedCause(
                                FailureCause.DATA, 1, List.of(jobs.get(2)), Map.of("Input Data Resolution", 1)));
        assertThat(counted(wms.alice, Optional.of(jobs.get(1))).examined()).isEqualTo(1);
    }

    private FailureCounts counted(Caller caller, Optional<JobId> before) {
        return wms.in(services -> explanations
                .failures()
                .count(
                        caller,
                        List.of(new JobQuery.Filter("Owner", "eq", Optional.of("alice"), Optional.empty())),
                        before,
                        1));
    }

    @Test
    void whoMayNotReadAJobGetsNoExplanation() {
        JobId job = wms.submitted(wms.alice, SIMPLE).get(0);
        Caller.User stranger = new Caller.User(
                "s",
                new UserName("eve"),
                new GroupName("users"),
                new VoName("elsewhere"),
                Set.of(Property.NORMAL_USER));

        assertThatThrownBy(() -> wms.in(services -> explanations.jobs().explain(stranger, job)))
                .isInstanceOf(JobNotFound.class);
    }

    @Test
    void aDryRunTellsWhatWouldMatchAndWritesNothing() {
        ask(resource(LOCAL, 10_000, List.of()));
        String jobs = wms.database.value("select count(*) from wms.job where vo = '%s'", wms.vo);

        List<DescriptionCheck> checks = wms.in(services -> explanations
                .dryRun()
                .check(wms.alice, List.of(SIMPLE + "CPUTime = 300;", SIMPLE + "CPUTime = 80000;")));

        assertThat(checks).extracting(DescriptionCheck::jobs).containsExactly(1, 1);
        assertThat(checks.get(0).queues()).singleElement().satisfies(queue -> {
            assertThat(queue.sentence()).isEqualTo("1 of 1 known resources would take it now.");
            assertThat(queue.requires().cpuTime()).isEqualTo(360);
        });
        assertThat(checks.get(1).queues().get(0).sentence())
                .startsWith("The only known resource does not meet its requirements: " + LOCAL);
        assertThat(wms.database.value("select count(*) from wms.job where vo = '%s'", wms.vo))
                .isEqualTo(jobs);
        assertThatThrownBy(() -> wms.in(services ->
                        explanations.dryRun().check(wms.alice, List.of("Executable = \"x\"; CPUTime = -1;"))))
                .isInstanceOf(DiracException.class);
    }

    @Test
    void aDryRunWarnsOfLimitsThatASubmissionWouldMeet() {
        wms.configuration.set(
                Map.of("Operations", Map.of(wms.vo.text(), Map.of("JobLimits", Map.of("MaxWaitingJobs", "2")))));
        assertThat(dryRun(List.of(SIMPLE)).get(0).warnings()).isEmpty();
        assertThat(dryRun(List.of(SIMPLE, SIMPLE, SIMPLE))).allSatisfy(check -> assertThat(check.warnings())
                .singleElement()
                .asString()
                .startsWith("A submission now would be refused: MaxWaitingJobs of the VO " + wms.vo + ": 0 of 2"));
    }

    @Test
    void aDryRunWarnsOfInputDataThatNobodyCanFind() {
        assertThat(dryRun(List.of(SIMPLE + "InputData = \"LFN:/" + wms.vo + "/a\";"))
                        .get(0)
                        .warnings())
                .containsExactly("InputData: the jobs would fail, because this installation has no data management that"
                        + " knows replicas");
    }

    @Test
    void aDryRunIsBounded() {
        assertThatThrownBy(() -> dryRun(List.of())).hasMessageContaining("allowed are 1 to 100");
        List<String> many = Collections.nCopies(JobDryRun.MOST_DESCRIPTIONS + 1, SIMPLE);
        assertThatThrownBy(() -> dryRun(many)).hasMessageContaining("101 descriptions are to be tried; at most 100");

        List<DescriptionCheck> sweep = dryRun(List.of(SIMPLE + "Tags = {\"t%n\"}; Parameters = 11;"));
        assertThat(sweep).singleElement().satisfies(check -> {
            assertThat(check.jobs()).isEqualTo(11);
            assertThat(check.queues()).hasSize(DescriptionCheck.MOST_QUEUES);
        });
    }

    private List<DescriptionCheck> dryRun(List<String> jdls) {
        return wms.in(services -> explanations.dryRun().check(wms.alice, jdls));
    }

    private void fail(JobId job, String minor) {
        wms.database.query("update wms.job set status = 'Failed', minor_status = '%s' where id = %s", minor, job);
    }

    private Explanation explain(JobId job) {
        return wms.in(services -> explanations.jobs().explain(wms.alice, job));
    }

    private static WaitingExplanation waiting(Explanation explanation) {
        return explanation.waiting().orElseThrow();
    }

    private List<MatchedJob> ask(ResourceDescription resource) {
        return wms.matcher.match(wms.pilot(), resource, 1);
    }

    /** With less CPU time than another had in this hour, so it is not what is remembered. */
    private static ResourceDescription onlyOf(String owner) {
        return described(
                LOCAL,
                500_000,
                List.of(),
                new WantedWork(Optional.empty(), Optional.of(new UserName(owner)), List.of(), Map.of()));
    }

    private static ResourceDescription resource(String site, long cpuTime, List<String> tags) {
        return described(site, cpuTime, tags, WantedWork.ANY);
    }

    private static ResourceDescription described(String site, long cpuTime, List<String> tags, WantedWork wanted) {
        return new ResourceDescription(
                new SiteName(site),
                Optional.empty(),
                cpuTime,
                Optional.of("ce1"),
                tags,
                List.of(),
                1,
                0,
                false,
                List.of(),
                wanted);
    }
}
