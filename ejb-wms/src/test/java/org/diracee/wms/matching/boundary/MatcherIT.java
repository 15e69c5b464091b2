/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.diracee.framework.audit.boundary.RequestOrigin;
import org.diracee.framework.configuration.boundary.Finding;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.paging.Page;
import org.diracee.kernel.paging.PageRequest;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.ban.boundary.Ban;
import org.diracee.wms.ban.boundary.BannedKind;
import org.diracee.wms.fixture.WmsServices;
import org.diracee.wms.job.boundary.StaleAttempt;
import org.diracee.wms.job.boundary.StatusReport;
import org.diracee.wms.matching.control.JobLimitCheck;
import org.diracee.wms.matching.control.PilotFailsJobs;
import org.diracee.wms.matching.control.PilotNotActive;
import org.diracee.wms.pilot.boundary.OtherSite;
import org.diracee.wms.taskqueue.boundary.QueueField;
import org.diracee.wms.taskqueue.boundary.ResourceDescription;
import org.diracee.wms.taskqueue.boundary.WaitingQueue;
import org.diracee.wms.taskqueue.boundary.WantedWork;
import org.diracee.wms.trace.boundary.JobTracing;
import org.diracee.wms.trace.boundary.TracedAttempt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatcherIT {

    private static final String SIMPLE = "Executable = \"run.sh\";";

    private final WmsServices wms = new WmsServices();
    private final Caller.Pilot pilot = wms.pilot();

    @Test
    void handsOutAJobWithItsDescriptionItsTokenAndALease() {
        JobId id = wms.submitted(wms.alice, "Executable = \"run.sh\"; Arguments = \"%j\"; JobName = \"n\"")
                .get(0);

        List<MatchedJob> matched = wms.matched(pilot, 1);

        assertThat(matched).singleElement().satisfies(job -> {
            assertThat(job.id()).isEqualTo(id);
            assertThat(job.attempt()).isEqualTo(1);
            assertThat(job.owner()).isEqualTo(wms.alice.username());
            assertThat(job.token()).isEqualTo(id + ".1." + pilot.stamp());
            assertThat(job.expiresIn()).isPositive();
            assertThat(job.jdl()).contains("JobID = " + id).contains("Arguments = \"" + id + "\"");
        });
        assertThat(wms.database.query(
                        "select status, minor_status, application_status, site, attempt, pilot_stamp, lease_until > now() "
                                + "from wms.job where id = %s",
                        id))
                .containsExactly(List.of(
                        "Matched",
                        "Assigned",
                        "Unknown",
                        "DIRAC.Local.test",
                        "1",
                        pilot.stamp().text(),
                        "t"));
        assertThat(wms.log(id)).last().isEqualTo("Matched/Assigned/Matcher");
        assertThat(wms.database.query(
                        "select current_job_id, initial_job_id, grid_site, status from wms.pilot where stamp = '%s'",
                        pilot.stamp()))
                .containsExactly(List.of(id.toString(), id.toString(), "DIRAC.Local.test", "Running"));
        assertThat(wms.database.query(
                        "select job_id, attempt from wms.pilot_job where pilot_stamp = '%s'", pilot.stamp()))
                .containsExactly(List.of(id.toString(), "1"));
        assertThat(wms.matched(pilot, 1)).isEmpty();
    }

    @Test
    void takesHigherPriorityFirstAndOlderJobsBeforeYounger() {
        List<JobId> jobs = new ArrayList<>();
        for (int priority : List.of(1, 5, 5, 9)) {
            jobs.addAll(wms.submitted(wms.alice, SIMPLE + "Priority = " + priority + ";"));
        }

        List<JobId> order = wms.matched(pilot, 4).stream().map(MatchedJob::id).toList();

        assertThat(order).containsExactly(jobs.get(3), jobs.get(1), jobs.get(2), jobs.get(0));
    }

    @Test
    void fillsARequestForSeveralJobsFromSeveralQueues() {
        for (int cpuTime : List.of(200, 500, 2_000, 5_000, 30_000)) {
            wms.submitted(wms.alice, SIMPLE + "CPUTime = " + cpuTime + ";");
        }

        assertThat(wms.matched(pilot, 4)).hasSize(4);
        assertThat(wms.matched(pilot, 4)).hasSize(1);
    }

    @ParameterizedTest(name = "{0} and {1} on {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            NumberOfProcessors = 4; | NumberOfProcessors = 4; | processors=8         | 2
            NumberOfProcessors = 4; | NumberOfProcessors = 4; | processors=7         | 1
            NumberOfProcessors = 4; |                         | processors=5         | 2
            NumberOfProcessors = 4; | NumberOfProcessors = 4; | tag=4Processors tag=MultiProcessor | 2
            WholeNode = true;       |                         | processors=8 whole=  | 1
            WholeNode = true;       |                         | whole=               | 2
            MaxRAM = 3;             | MaxRAM = 3;             | processors=8 ram=5000 | 1
            MaxRAM = 3;             | MaxRAM = 2;             | processors=8 ram=5000 | 2
            MaxRAM = 3;             | MaxRAM = 3;             | ram=5000             | 2
                                    |                         | processors=1         | 1
            """)
    void givesJobsThatFitTogetherToWhoSaysHowManyProcessorsThereAre(
            String one, String other, String offer, int together) {
        wms.submitted(wms.alice, SIMPLE + Objects.requireNonNullElse(one, ""));
        wms.submitted(wms.alice, SIMPLE + Objects.requireNonNullElse(other, ""));

        assertThat(wms.matcher.match(pilot, offer(offer), 5)).hasSize(together);
        assertThat(wms.matcher.match(pilot, offer(offer), 5)).hasSize(2 - together);
    }

    @Test
    void jobsOfOneAnswerFitTogetherAndNoneIsLeftThatWouldFitBesideThem() {
        Random random = new Random(11);
        for (int i = 0; i < 60; i++) {
            wms.submitted(
                    wms.alice,
                    SIMPLE + "NumberOfProcessors = " + (1 + random.nextInt(6)) + "; MaxRAM = " + (1 + random.nextInt(6))
                            + ";");
        }
        int handedOut = 0;
        while (handedOut < 60) {
            int processors = 6 + random.nextInt(10);
            int gigabytes = 6 + random.nextInt(10);

            List<MatchedJob> matched =
                    wms.matcher.match(wms.pilot(), offer("processors=" + processors + " ram=" + gigabytes * 1000), 100);

            assertThat(matched).isNotEmpty();
            int processorsLeft = processors - sum(matched, "Processors");
            int gigabytesLeft = gigabytes - sum(matched, "GB");
            assertThat(processorsLeft).isNotNegative();
            assertThat(gigabytesLeft).isNotNegative();
            assertThat(tagsOfWaiting())
                    .noneMatch(tags ->
                            number(tags, "Processors") <= processorsLeft && number(tags, "GB") <= gigabytesLeft);
            handedOut += matched.size();
        }
    }

    private int sum(List<MatchedJob> jobs, String unit) {
        return jobs.stream()
                .mapToInt(job -> number(
                        wms.database.value(
                                "select queue.tags::text from wms.task_queue queue join wms.job on job.task_queue_id = queue.id"
                                        + " where job.id = %s",
                                job.id()),
                        unit))
                .sum();
    }

    private List<String> tagsOfWaiting() {
        return wms
                .database
                .query(
                        "select queue.tags::text from wms.task_queue queue join wms.job on job.task_queue_id = queue.id"
                                + " where job.vo = '%s' and job.status = 'Waiting'",
                        wms.vo)
                .stream()
                .map(row -> row.get(0))
                .toList();
    }

    /** Of a job with these tags; what asks for nothing takes one processor and no memory that counts. */
    private static int number(String tags, String unit) {
        return Pattern.compile("(\\d+)" + unit + "\\b")
                .matcher(tags)
                .results()
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .max()
                .orElse(unit.equals("GB") ? 0 : 1);
    }

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            CPUTime = 500;                                       | cpu=400                    | false
            CPUTime = 500;                                       | cpu=1800                   | true
            Site = "DIRAC.Local.test";                           | site=DIRAC.Local.test      | true
            Site = "DIRAC.Local.test";                           | site=DIRAC.Other.test      | false
            Site = {"DIRAC.Local.test", "DIRAC.Other.test"};     | site=DIRAC.Other.test      | true
            BannedSites = {"DIRAC.Local.test"};                  | site=DIRAC.Local.test      | false
            BannedSites = {"DIRAC.Local.test"};                  | site=DIRAC.Other.test      | true
            Platform = "linux";                                  | platform=linux             | true
            Platform = "linux";                                  | platform=other             | false
            Platform = "linux";                                  | platform=ANY               | true
            Platform = "linux";                                  |                            | true
            GridCE = "ce1.example.org";                          | ce=ce1.example.org         | true
            GridCE = "ce1.example.org";                          | ce=ce2.example.org         | false
            Tags = {"GPU"};                                      |                            | false
            Tags = {"GPU"};                                      | tag=GPU                    | true
            Tags = {"GPU"};                                      | tag=GPU tag=Special        | true
            Executable = "x";                                    | tag=GPU required=GPU       | false
            Tags = {"GPU"};                                      | tag=GPU required=GPU       | true
            NumberOfProcessors = 4;                              | processors=2               | false
            NumberOfProcessors = 4;                              | processors=4               | true
            NumberOfProcessors = 4;                              | processors=8               | true
            MaxRAM = 4;                                          | ram=2000                   | false
            MaxRAM = 4;                                          | ram=4000                   | true
            JobType = "Test";                                    | type=User                  | false
            JobType = "Test";                                    | type=User type=Test        | true
            """)
    void matchesWhatTheReferenceSays(String requirement, String offer, boolean fits) {
        String executable = requirement.startsWith("Executable") ? "" : SIMPLE;
        wms.submitted(wms.alice, executable + requirement);

        List<MatchedJob> matched = wms.matcher.match(pilot, offer(offer), 1);
        List<WaitingQueue> queues = matched.isEmpty()
                ? wms.in(services -> services.queues
                        .waitingWork(wms.agent, List.of(wms.vo), 10)
                        .matching(wms.vo, offer(offer)))
                : List.of();

        assertThat(matched).hasSize(fits ? 1 : 0);
        assertThat(queues).isEmpty();
    }

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            WholeNode = true;                                    |                            | false
            WholeNode = true;                                    | whole=yes                  | true
            Tags = {"GPU"};                                      | tag=any                    | true
            JobType = "Test";                                    | bannedtype=Test            | false
            JobType = "Test";                                    | bannedtype=User            | true
            Tags = {"GPU"};                                      | tag=GPU bannedtag=GPU      | false
            CPUTime = 100;                                       | owner=alice                | true
            CPUTime = 100;                                       | owner=bob                  | false
            CPUTime = 100;                                       | bannedowner=alice          | false
            CPUTime = 100;                                       | group=users group=others   | true
            CPUTime = 100;                                       | group=others               | false
            CPUTime = 100;                                       | bannedgroup=users          | false
            """)
    void aResourceTakesOnlyTheWorkThatItWants(String requirement, String offer, boolean fits) {
        wms.submitted(wms.alice, SIMPLE + requirement);

        assertThat(wms.matcher.match(pilot, offer(offer), 1)).hasSize(fits ? 1 : 0);
    }

    @Test
    void givesTheOneJobThatIsWantedOrNone() {
        List<JobId> jobs = wms.submitted(wms.alice, SIMPLE, SIMPLE);
        WmsServices elsewhere = new WmsServices();
        JobId foreign = elsewhere.submitted(elsewhere.alice, SIMPLE).get(0);

        assertThat(wms.matcher.match(pilot, offer("job=" + jobs.get(1)), 3))
                .extracting(MatchedJob::id)
                .containsExactly(jobs.get(1));
        assertThat(wms.matcher.match(pilot, offer("job=" + jobs.get(1)), 3)).isEmpty();
        assertThat(wms.matcher.match(pilot, offer("job=" + foreign), 1)).isEmpty();
        assertThat(wms.matcher.match(pilot, offer("cpu=1 job=" + jobs.get(0)), 1))
                .isEmpty();
    }

    @Test
    void findsAtOnceWhatAnotherNodeHasCommitted() {
        Matcher other = wms.matcherOfAnotherNode();
        assertThat(other.match(pilot, WmsServices.resource(), 1)).isEmpty();

        for (int job = 0; job < 20; job++) {
            wms.submitted(wms.alice, SIMPLE + "CPUTime = " + (job % 4 * 2_000 + 100) + ";");

            assertThat(other.match(pilot, WmsServices.resource(), 1)).hasSize(1);
            closeIdle();
        }
    }

    @Test
    void aQueueWhoseChangeIsCommittedLateIsNotMissed() throws Exception {
        Matcher other = wms.matcherOfAnotherNode();
        CompletableFuture<Boolean> written = new CompletableFuture<>();
        CompletableFuture<Boolean> mayCommit = new CompletableFuture<>();
        CompletableFuture<Boolean> late = CompletableFuture.supplyAsync(() -> wms.in(services -> {
            services.submission.submit(wms.alice, List.of(SIMPLE + "CPUTime = 20000;"), Optional.empty());
            written.complete(true);
            return mayCommit.join();
        }));
        written.join();
        // a later transaction is committed and seen before
        wms.submitted(wms.alice, SIMPLE);
        assertThat(other.match(pilot, WmsServices.resource(), 2)).hasSize(1);
        mayCommit.complete(true);
        late.get();

        assertThat(other.match(pilot, WmsServices.resource(), 2)).hasSize(1);
    }

    @Test
    void aPilotThatHasEndedHarmsNobodyWhoAsksAtTheSameTime() throws Exception {
        wms.submitted(wms.alice, SIMPLE + "Parameters = 200;");
        List<Callable<Boolean>> requests = new ArrayList<>();
        for (int number = 0; number < 40; number++) {
            Caller.Pilot own = wms.pilot();
            boolean ended = number % 4 == 0;
            if (ended) {
                wms.database.query("update wms.pilot set status = 'Done' where stamp = '%s'", own.stamp());
            }
            requests.add(() -> {
                if (ended) {
                    assertThatThrownBy(() -> wms.matched(own, 1)).isInstanceOf(PilotNotActive.class);
                } else {
                    assertThat(wms.matched(own, 1)).hasSize(1);
                }
                return true;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(40);
        try {
            for (Future<Boolean> done : threads.invokeAll(requests)) {
                assertThat(get(done)).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aJobThatCannotBeHandedOutSpoilsNoRequestButItsOwn() throws Exception {
        wms.submitted(wms.alice, SIMPLE + "Parameters = 30;");
        JobId broken = wms.submitted(wms.alice, SIMPLE + "Tags = {\"GPU\"};").get(0);
        wms.database.query(
                "update wms.submission set description = '{' where id = (select submission_id from wms.job where id = %s)",
                broken);
        AtomicInteger spoilt = new AtomicInteger();
        List<Callable<Boolean>> requests = new ArrayList<>();
        for (int number = 0; number < 30; number++) {
            Caller.Pilot own = wms.pilot();
            boolean asksForTheBroken = number % 5 == 0;
            requests.add(() -> {
                if (!asksForTheBroken) {
                    assertThat(wms.matched(own, 1)).hasSize(1);
                    return true;
                }
                try {
                    // while another batch holds the broken job there is nothing
                    assertThat(wms.matcher.match(own, offer("tag=GPU required=GPU"), 1))
                            .isEmpty();
                } catch (RuntimeException broke) {
                    spoilt.incrementAndGet();
                }
                return true;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(30);
        try {
            for (Future<Boolean> done : threads.invokeAll(requests)) {
                assertThat(get(done)).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(spoilt).hasPositiveValue();
        assertThat(wms.column(broken, "status")).isEqualTo("Waiting");
    }

    @Test
    void runsNoMoreJobsOfAKindAtASiteThanItsLimitSays() {
        wms.configuration.set(Map.of(
                "Operations",
                Map.of(
                        wms.vo.text(),
                        Map.of(
                                "JobScheduling",
                                Map.of(
                                        "RunningLimit",
                                        Map.of("DIRAC.Local.test", Map.of("JobType", Map.of("Test", 3))))))));
        wms.submitted(wms.alice, SIMPLE + "JobType = \"Test\"; Parameters = 10;");
        wms.submitted(wms.alice, SIMPLE + "Parameters = 2;");

        assertThat(wms.matched(pilot, 10)).hasSize(5);
        assertThat(wms.matched(pilot, 10)).isEmpty();
        List<SiteLimit> limits = wms.in(services ->
                services.matchingLimits.at(wms.vo, WmsServices.resource().site(), Optional.empty()));
        assertThat(limits)
                .containsExactly(new SiteLimit(
                        QueueField.JOB_TYPE, "Test", Optional.empty(), Optional.of(3), 0, Optional.empty()));
        assertThat(wms.matcherOfAnotherNode().match(pilot, WmsServices.resource(), 10))
                .isEmpty();
        assertThat(wms.matcher.match(wms.pilot(), offer("site=DIRAC.Other.test"), 4))
                .hasSize(4);

        wms.database.query(
                "update wms.job_counter_delta set status = 'Done' where vo = '%s' and status = 'Matched'", wms.vo);
        assertThat(wms.matched(pilot, 10)).isEmpty();
        wms.clock.advance(Duration.ofSeconds(11));
        assertThat(wms.matched(pilot, 10)).hasSize(3);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"VO, 3, 0", "Groups/users, 3, 0", "PerUser, 3, 2", "Users/alice, 3, 2"})
    void runsNoMoreJobsOfAVoAGroupOrAUserThanTheirQuotaSays(String whose, int ofAlice, int ofBob) {
        quota(whose, 3);
        wms.submitted(wms.alice, SIMPLE + "Parameters = 6;");
        assertThat(wms.matched(pilot, 10)).hasSize(ofAlice);
        wms.submitted(wms.bob, SIMPLE + "Parameters = 2;");

        assertThat(wms.matched(wms.pilot(), 10)).hasSize(ofBob);
        assertThat(wms.matcherOfAnotherNode().match(wms.pilot(), WmsServices.resource(), 10))
                .isEmpty();

        wms.database.query(
                "update wms.job_counter_delta set status = 'Done' where vo = '%s' and owner = 'alice'"
                        + " and status = 'Matched'",
                wms.vo);
        assertThat(wms.matched(wms.pilot(), 10)).isEmpty();
        wms.clock.advance(Duration.ofSeconds(11));
        assertThat(wms.matched(wms.pilot(), 10)).hasSize(3);
    }

    @Test
    void aRaisedQuotaCountsAtOnceAndOneUsersOwnOverThatOfEveryUser() {
        quota("PerUser", 0);
        wms.submitted(wms.alice, SIMPLE + "Parameters = 3;");
        wms.submitted(wms.bob, SIMPLE + "Parameters = 3;");
        assertThat(wms.matched(pilot, 10)).isEmpty();

        quotas(Map.of("PerUser", Map.of("MaxRunningJobs", 1), "Users", Map.of("bob", Map.of("MaxRunningJobs", 2))));

        assertThat(wms.matched(pilot, 10))
                .extracting(job -> job.owner().text())
                .containsExactlyInAnyOrder("alice", "bob", "bob");
    }

    private void quota(String whose, int most) {
        Map<String, ?> tree = Map.of("MaxRunningJobs", most);
        if (!whose.equals("VO")) {
            String[] sections = whose.split("/");
            for (int at = sections.length - 1; at >= 0; at--) {
                tree = Map.of(sections[at], tree);
            }
        }
        quotas(tree);
    }

    private void quotas(Map<String, ?> limits) {
        wms.configuration.set(Map.of("Operations", Map.of(wms.vo.text(), Map.of("JobLimits", limits))));
    }

    @Test
    void aLimitOfNoneAtAComputingElementHoldsThereOnly() {
        wms.configuration.set(Map.of(
                "Operations",
                Map.of(
                        "Defaults",
                        Map.of(
                                "JobScheduling",
                                Map.of(
                                        "RunningLimit",
                                        Map.of(
                                                "DIRAC.Local.test",
                                                Map.of(
                                                        "CEs",
                                                        Map.of(
                                                                "ce1.example.org",
                                                                Map.of("OwnerGroup", Map.of("users", 0))))))))));
        wms.submitted(wms.alice, SIMPLE);

        assertThat(wms.matcher.match(pilot, offer("ce=ce1.example.org"), 1)).isEmpty();
        assertThat(wms.matcher.match(pilot, offer("ce=ce2.example.org"), 1)).hasSize(1);
    }

    @Test
    void handsOutNoSecondJobOfAKindDuringItsDelayOnAnyNode() {
        wms.configuration.set(Map.of(
                "Operations",
                Map.of(
                        wms.vo.text(),
                        Map.of(
                                "JobScheduling",
                                Map.of(
                                        "MatchingDelay",
                                        Map.of("DIRAC.Local.test", Map.of("JobType", Map.of("Test", 60))))))));
        wms.submitted(wms.alice, SIMPLE + "JobType = \"Test\"; Parameters = 10;");
        wms.submitted(wms.alice, SIMPLE + "Parameters = 2;");
        Matcher other = wms.matcherOfAnotherNode();

        assertThat(wms.matched(pilot, 10)).hasSize(3);
        assertThat(wms.matched(pilot, 10)).isEmpty();
        List<SiteLimit> limits = wms.in(services ->
                services.matchingLimits.at(wms.vo, WmsServices.resource().site(), Optional.empty()));
        assertThat(limits).singleElement().satisfies(limit -> assertThat(limit.until())
                .isPresent());
        assertThat(other.match(pilot, WmsServices.resource(), 10)).isEmpty();
        assertThat(other.match(wms.pilot(), offer("site=DIRAC.Other.test"), 2)).hasSize(2);

        wms.clock.advance(Duration.ofSeconds(61));
        assertThat(other.match(pilot, WmsServices.resource(), 10)).hasSize(1);
        assertThat(wms.matched(pilot, 10)).isEmpty();
    }

    @Test
    void limitsByWhatJobsAreNotCountedByAreRefused() {
        List<Finding> findings = new JobLimitCheck()
                .check(new Configuration(
                        1,
                        Map.of(
                                "Operations",
                                Map.of(
                                        "demo",
                                        Map.of(
                                                "JobScheduling",
                                                Map.of(
                                                        "RunningLimit",
                                                        Map.of(
                                                                "S",
                                                                Map.of(
                                                                        "JobGroup", Map.of("x", 1),
                                                                        "Owner", Map.of("x", 1),
                                                                        "CEs",
                                                                                Map.of(
                                                                                        "c",
                                                                                        Map.of(
                                                                                                "Platform",
                                                                                                Map.of(
                                                                                                        "x",
                                                                                                        1)))))))))));

        assertThat(findings)
                .extracting(Finding::path)
                .containsExactlyInAnyOrder(
                        "/Operations/demo/JobScheduling/RunningLimit/S/JobGroup",
                        "/Operations/demo/JobScheduling/RunningLimit/S/CEs/c/Platform");
    }

    private static ResourceDescription offer(String text) {
        Map<String, List<String>> words = new ConcurrentHashMap<>();
        for (String word : (text == null ? "" : text).split(" ", -1)) {
            if (!word.isBlank()) {
                String[] pair = word.split("=", 2);
                words.computeIfAbsent(pair[0], name -> new ArrayList<>()).add(pair[1]);
            }
        }
        return new ResourceDescription(
                new SiteName(
                        words.getOrDefault("site", List.of("DIRAC.Local.test")).get(0)),
                words.getOrDefault("platform", List.of()).stream().findFirst(),
                Long.parseLong(words.getOrDefault("cpu", List.of("1000000")).get(0)),
                words.getOrDefault("ce", List.of()).stream().findFirst(),
                words.getOrDefault("tag", List.of()),
                words.getOrDefault("required", List.of()),
                Integer.parseInt(words.getOrDefault("processors", List.of("0")).get(0)),
                Integer.parseInt(words.getOrDefault("ram", List.of("0")).get(0)),
                words.containsKey("whole"),
                words.getOrDefault("type", List.of()),
                new WantedWork(
                        words.getOrDefault("job", List.of()).stream()
                                .map(id -> new JobId(Long.parseLong(id)))
                                .findFirst(),
                        words.getOrDefault("owner", List.of()).stream()
                                .map(UserName::new)
                                .findFirst(),
                        words.getOrDefault("group", List.of()).stream()
                                .map(GroupName::new)
                                .toList(),
                        Map.of(
                                QueueField.JOB_TYPE, words.getOrDefault("bannedtype", List.of()),
                                QueueField.TAG, words.getOrDefault("bannedtag", List.of()),
                                QueueField.OWNER, words.getOrDefault("bannedowner", List.of()),
                                QueueField.OWNER_GROUP, words.getOrDefault("bannedgroup", List.of()))));
    }

    @Test
    void neverCrossesTheBorderOfAVo() {
        wms.submitted(wms.alice, SIMPLE);
        WmsServices other = new WmsServices();

        assertThat(other.matched(other.pilot(), 1)).isEmpty();
        assertThat(wms.matched(pilot, 1)).hasSize(1);
    }

    @Test
    void refusesTagsRequiredButNotOffered() {
        assertThatThrownBy(() -> wms.matcher.match(pilot, offer("tag=A required=B"), 1))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("Wrong conditions")
                .hasMessageContaining("B");
    }

    @Test
    void givesNothingToAPilotThatIsUnknownEndedOrToBeKilled() {
        wms.submitted(wms.alice, SIMPLE);
        wms.database.query("update wms.pilot set status = 'Done' where stamp = '%s'", pilot.stamp());
        Caller.Pilot doomed = wms.pilot();
        wms.database.query("update wms.pilot set kill_requested = now() where stamp = '%s'", doomed.stamp());
        WmsServices other = new WmsServices();

        assertThatThrownBy(() -> wms.matched(pilot, 1)).isInstanceOf(PilotNotActive.class);
        assertThatThrownBy(() -> wms.matched(doomed, 1)).isInstanceOf(PilotNotActive.class);
        assertThatThrownBy(() -> wms.matched(new Caller.Pilot(other.pilot().stamp(), wms.vo), 1))
                .isInstanceOf(PilotNotActive.class);
    }

    @Test
    void givesNothingToAPilotThatNamesAnotherSiteThanItIsRegisteredAt() {
        JobId job = wms.submitted(wms.alice, SIMPLE).get(0);
        wms.database.query("update wms.pilot set grid_site = 'DIRAC.Suspended.test' where stamp = '%s'", pilot.stamp());

        assertThatThrownBy(() -> wms.matched(pilot, 1))
                .isInstanceOf(OtherSite.class)
                .hasMessage("The pilot " + pilot.stamp()
                        + " is registered at the site DIRAC.Suspended.test, and cannot be one of DIRAC.Local.test");
        assertThat(wms.matched(wms.pilot(), 1)).extracting(MatchedJob::id).containsExactly(job);
    }

    private List<WaitingQueue> waiting() {
        return wms.in(services ->
                services.queues.waitingWork(wms.agent, List.of(wms.vo), 10).matching(wms.vo, WmsServices.resource()));
    }

    @Test
    void aJobThatCannotBeGivenIsNotLostNorAreTheOthers() {
        List<JobId> ids = wms.submitted(wms.alice, "Executable = \"run.sh\"; Parameters = 3;");
        wms.tokenless.add(ids.get(1));
        Caller.Pilot pilot = wms.pilot();

        assertThat(wms.matched(pilot, 3)).extracting(MatchedJob::id).containsExactlyInAnyOrder(ids.get(0), ids.get(2));
        assertThat(wms.column(ids.get(1), "status")).as("until its lease ends").isEqualTo("Matched");

        List<JobId> another = wms.submitted(wms.alice, "Executable = \"run.sh\";");
        wms.tokenless.addAll(another);
        assertThatThrownBy(() -> wms.matched(pilot, 1)).hasMessageContaining("no token for " + another.get(0));
    }

    @Test
    void holdsTheJobsOfThoseWhoAreSuspended() {
        wms.submitted(wms.alice, SIMPLE, SIMPLE);
        wms.submitted(wms.bob, SIMPLE);
        wms.suspended.owners.add(wms.alice.username().text());

        assertThat(wms.matched(pilot, 10)).singleElement().satisfies(job -> assertThat(job.owner())
                .isEqualTo(wms.bob.username()));
        assertThat(waiting()).isEmpty();

        wms.suspended.owners.clear();
        assertThat(wms.matched(pilot, 10)).hasSize(2);
    }

    @Test
    void handsNothingOutAtASuspendedSite() {
        wms.submitted(wms.alice, SIMPLE);
        wms.suspended.sites.add(WmsServices.resource().site());

        assertThat(wms.matched(pilot, 10)).isEmpty();
        assertThat(waiting()).isEmpty();
    }

    @Test
    void handsNothingOutAtABannedSiteUntilItsTimeIsOver() {
        wms.submitted(wms.alice, SIMPLE);
        wms.banned(
                BannedKind.SITE,
                "DIRAC.Local.test",
                Optional.of(wms.clock.instant().plusSeconds(3_600)));

        assertThat(wms.matched(pilot, 1)).isEmpty();
        List<WaitingQueue> forPilots = wms.in(services -> services.queues
                .waitingWork(services.agent, List.of(services.vo), 10)
                .matching(services.vo, WmsServices.resource()));
        assertThat(forPilots).isEmpty();
        wms.clock.advance(Duration.ofSeconds(3_601));
        assertThat(wms.matched(pilot, 1)).hasSize(1);
    }

    @Test
    void handsNothingOutThroughABannedComputingElementAlsoIfThePilotDoesNotSayIt() {
        wms.submitted(wms.alice, SIMPLE);
        Ban ban = wms.banned(BannedKind.COMPUTING_ELEMENT, "ce1.example.org", Optional.empty());
        wms.database.query(
                "update wms.pilot set destination_site = 'ce1.example.org' where stamp = '%s'", pilot.stamp());

        assertThat(wms.matcher.match(wms.pilot(), offer("ce=ce1.example.org"), 1))
                .isEmpty();
        assertThat(wms.matched(pilot, 1)).isEmpty();
        assertThat(wms.matcher.match(wms.pilot(), offer("ce=ce2.example.org"), 1))
                .hasSize(1);

        wms.submitted(wms.alice, SIMPLE);
        wms.database.transact(() -> wms.bans.allow(wms.user("olga", Property.OPERATOR), ban.id(), "cool again"));
        wms.banList.refresh();
        assertThat(wms.matched(pilot, 1)).hasSize(1);
    }

    @Test
    void givesNoMoreToAPilotWhoseLastJobsFailedBecauseOfItsHost() {
        wms.submitted(wms.alice, SIMPLE + "Parameters = 20;");
        Caller.Pilot other = wms.pilot();
        for (String minor : List.of("Job Initialization", "Application Finished With Errors", "Job Initialization")) {
            fail(pilot, minor);
        }
        for (String minor : List.of("Job Initialization", "Exception During Execution", "Job Initialization")) {
            fail(other, minor);
        }
        wms.clock.advance(Duration.ofSeconds(11));

        assertThat(wms.matched(pilot, 1)).hasSize(1);
        assertThatThrownBy(() -> wms.matched(other, 1))
                .isInstanceOf(PilotFailsJobs.class)
                .hasMessageContaining("because of its host");

        wms.clock.advance(Duration.ofMinutes(31));
        assertThat(wms.matched(other, 1)).hasSize(1);
    }

    @Test
    void aPilotMayFailJobsIfTheConfigurationSaysSo() {
        wms.configuration.set(Map.of(
                "Systems",
                Map.of(
                        "WorkloadManagement",
                        Map.of("Services", Map.of("Matcher", Map.of("StopAfterHostFailures", 0))))));
        wms.submitted(wms.alice, SIMPLE + "Parameters = 20;");
        for (int i = 0; i < 4; i++) {
            fail(pilot, "Job Initialization");
        }
        wms.clock.advance(Duration.ofSeconds(11));

        assertThat(wms.matched(pilot, 1)).hasSize(1);
    }

    private void fail(Caller.Pilot runner, String minor) {
        MatchedJob job = wms.matched(runner, 1).get(0);
        wms.clock.advance(Duration.ofMillis(10));
        Instant began = wms.clock.instant();
        wms.clock.advance(Duration.ofMillis(10));
        Map<Instant, StatusReport> reports = Map.of(
                began,
                StatusReport.of(JobStatus.RUNNING, "Job Initialization", "JobWrapper"),
                wms.clock.instant(),
                StatusReport.of(JobStatus.FAILED, minor, "JobWrapper"));
        wms.in(services -> services.stateUpdate.status(wms.wrapper(job, runner), Map.of(job.id(), reports), false));
    }

    @Test
    void leavesATraceOfEveryTokenThatItMakes() {
        JobId job = wms.submitted(wms.alice, SIMPLE).get(0);
        wms.matched(pilot, 1);
        JobTracing tracing = wms.tracing();
        Caller root = wms.user("root", Property.SERVICE_ADMINISTRATOR);

        List<TracedAttempt> traces = wms.in(services -> tracing.job(root, job));
        TracedAttempt trace = traces.get(0);
        assertThat(trace.attempt()).isEqualTo(1);
        assertThat(trace.pilot()).contains(pilot.stamp().text());
        assertThat(trace.descriptionHash()).hasSize(64);
        assertThat(trace.submission().orElseThrow().actor().username()).isEqualTo("alice");
        assertThat(trace.tokens()).singleElement().satisfies(row -> assertThat(row.detail())
                .isEqualTo("attempt 1, pilot " + pilot.stamp()));
        assertThatThrownBy(() -> wms.in(services -> tracing.job(wms.bob, job))).isInstanceOf(Forbidden.class);
        Caller stranger = new Caller.User(
                "o", new UserName("olga"), new GroupName("g"), new VoName("elsewhere"), Set.of(Property.OPERATOR));
        List<TracedAttempt> seen = wms.in(services -> tracing.job(stranger, job));
        assertThat(seen).isEmpty();
    }

    @Test
    void tracesAnAttemptToItsOwnEndAlthoughTheJobRunsAgainLater() {
        JobId job = wms.submitted(wms.alice, SIMPLE).get(0);
        JobTracing tracing = wms.tracing();
        Caller root = wms.user("root", Property.SERVICE_ADMINISTRATOR);
        Caller.Job wrapper = wms.wrapper(wms.matched(pilot, 1).get(0), pilot);
        wms.clock.advance(Duration.ofMinutes(2));
        Instant failed = wms.clock.instant();
        Map<Instant, StatusReport> reports = Map.of(
                failed.minusSeconds(60),
                StatusReport.of(JobStatus.RUNNING, "Application", "JobWrapper"),
                failed,
                StatusReport.of(JobStatus.FAILED, "Application", "JobWrapper"));
        wms.in(services -> services.stateUpdate.status(wrapper, Map.of(job, reports), false));
        wms.clock.advance(Duration.ofMinutes(4));
        wms.in(services -> services.manager.reschedule(wms.alice, List.of(job), false));

        List<TracedAttempt> once = wms.in(services -> tracing.job(root, job));
        assertThat(once).singleElement().satisfies(attempt -> assertThat(attempt.ended())
                .contains(failed));
        wms.matched(pilot, 1);
        List<TracedAttempt> twice = wms.in(services -> tracing.job(root, job));
        assertThat(twice).extracting(TracedAttempt::ended).containsExactly(Optional.empty(), Optional.of(failed));
    }

    @Test
    void tracesAnAddressPageByPage() {
        List<JobId> jobs = wms.submitted(wms.alice, SIMPLE, SIMPLE, SIMPLE);
        new RequestOrigin("of-" + wms.vo, "request").enter();
        try {
            wms.matched(pilot, 3);
        } finally {
            RequestOrigin.leave();
        }
        JobTracing tracing = wms.tracing();
        Caller operator = wms.user("root", Property.OPERATOR);
        List<JobId> traced = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            PageRequest asked = new PageRequest(1, next);
            Page<TracedAttempt> page =
                    wms.in(services -> tracing.address(operator, "of-" + wms.vo, wms.clock.instant(), asked));
            assertThat(page.items()).hasSize(1);
            traced.add(page.items().get(0).job());
            next = page.next();
        } while (next.isPresent());

        assertThat(traced).containsExactlyInAnyOrderElementsOf(jobs);
    }

    @Test
    void countsWhatWaitsForAResource() {
        wms.submitted(wms.alice, SIMPLE, SIMPLE, SIMPLE);
        wms.submitted(wms.bob, SIMPLE + "Site = \"DIRAC.Other.test\";");

        List<WaitingQueue> all = wms.in(services ->
                services.queues.waitingWork(wms.agent, List.of(wms.vo), 2).matching(wms.vo, WmsServices.resource()));

        assertThat(all).singleElement().satisfies(queue -> {
            assertThat(queue.owner()).isEqualTo(wms.alice.username());
            assertThat(queue.waiting()).isEqualTo(2);
        });
    }

    @Test
    void closesEmptyQueuesAndTheNextJobOpensThemAgain() {
        wms.submitted(wms.alice, SIMPLE);
        wms.matched(pilot, 1);

        assertThat(closeIdle()).isPositive();
        assertThat(wms.database.value("select enabled from wms.task_queue where vo = '%s'", wms.vo))
                .isEqualTo("f");
        wms.submitted(wms.alice, SIMPLE);

        assertThat(wms.database.query("select enabled from wms.task_queue where vo = '%s'", wms.vo))
                .containsExactly(List.of("t"));
        assertThat(closeIdle()).isZero();
        assertThat(wms.matched(pilot, 1)).hasSize(1);
    }

    @Test
    void neverClosesAQueueThatATransactionIsFilling() {
        wms.submitted(wms.alice, SIMPLE);
        wms.matched(pilot, 1);

        wms.in(services -> {
            services.submission.submit(wms.alice, List.of(SIMPLE), Optional.empty());
            // another transaction, as if the agent ran now
            return CompletableFuture.supplyAsync(this::closeIdle).join();
        });

        assertThat(wms.matched(pilot, 1)).hasSize(1);
    }

    @Test
    void aHundredPilotsAtTwoNodesDrainTheQueuesAndNoneGetsTheJobOfAnother() throws InterruptedException {
        List<Matcher> nodes = List.of(wms.matcher, wms.matcherOfAnotherNode());
        int jobs = 3_000;
        wms.submitted(wms.alice, SIMPLE + "Parameters = " + jobs / 3 + ";");
        wms.submitted(wms.bob, SIMPLE + "Parameters = " + jobs / 3 + "; CPUTime = 1000;");
        wms.submitted(wms.alice, SIMPLE + "Parameters = " + jobs / 3 + "; Site = \"DIRAC.Local.test\";");
        Set<JobId> handedOut = ConcurrentHashMap.newKeySet();
        List<Callable<Integer>> pilots = IntStream.range(0, 100)
                .<Callable<Integer>>mapToObj(number -> {
                    Caller.Pilot own = wms.pilot();
                    return () -> {
                        int taken = 0;
                        List<MatchedJob> matched;
                        do {
                            matched = nodes.get(number % 2).match(own, WmsServices.resource(), 1 + number % 7);
                            for (MatchedJob job : matched) {
                                assertThat(handedOut.add(job.id()))
                                        .as("job %s twice", job.id())
                                        .isTrue();
                                assertThat(job.attempt()).isEqualTo(1);
                            }
                            taken += matched.size();
                        } while (!matched.isEmpty());
                        return taken;
                    };
                })
                .toList();

        int total = 0;
        ExecutorService threads = Executors.newFixedThreadPool(80);
        try {
            for (Future<Integer> taken : threads.invokeAll(pilots)) {
                total += get(taken);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(total).isEqualTo(jobs);
        assertThat(handedOut).hasSize(jobs);
        assertThat(wms.database.value("select count(*) from wms.job where vo = '%s' and status = 'Waiting'", wms.vo))
                .isEqualTo("0");
        assertThat(wms.database.value("select count(*) from wms.pilot_job where pilot_stamp like '%s-%%'", wms.vo))
                .isEqualTo(Integer.toString(jobs));
    }

    @Test
    void renewsTheTokenOfTheAttemptThatHasTheJobOnly() {
        wms.submitted(wms.alice, SIMPLE);
        Caller.Job wrapper = wms.wrapper(wms.matched(pilot, 1).get(0), pilot);

        assertThat(wms.in(services -> services.matcher.renewToken(wrapper)).token())
                .isEqualTo(wrapper.id() + ".1." + pilot.stamp());
        wms.in(services -> services.manager.reschedule(wms.alice, List.of(wrapper.id()), false));

        assertThatThrownBy(() -> wms.in(services -> services.matcher.renewToken(wrapper)))
                .isInstanceOf(StaleAttempt.class);
    }

    private int closeIdle() {
        return wms.in(services -> services.queues.closeIdle(wms.agent, 1_000));
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException failure) {
            throw new AssertionError(failure);
        }
    }
}
