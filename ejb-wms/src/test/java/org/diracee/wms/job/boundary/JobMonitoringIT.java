/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Supplier;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.UserName;
import org.diracee.wms.fixture.WmsServices;
import org.diracee.wms.job.control.CountCache;
import org.diracee.wms.job.control.InvalidSearch;
import org.diracee.wms.job.control.JobNotFound;
import org.diracee.wms.job.entity.JobDetailsRepository;
import org.diracee.wms.job.entity.JobSearchRepository;
import org.diracee.wms.matching.boundary.MatchedJob;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobMonitoringIT {

    private final WmsServices wms = new WmsServices();
    private final WmsServices otherVo = new WmsServices();
    private final JobMonitoring monitoring = new JobMonitoring(
            new JobSearchRepository(wms.database.entities()),
            new JobDetailsRepository(wms.database.entities()),
            new CountCache(wms.clock),
            wms.snapshots(),
            wms.managed,
            wms.configuration);
    private final Caller.User serviceAdministrator =
            wms.user("chief", Property.NORMAL_USER, Property.SERVICE_ADMINISTRATOR);

    @Nested
    class Search {

        @Test
        void findsOnlyWhatIsInTheVo() {
            wms.submitted(wms.alice, job("a"));
            otherVo.submitted(otherVo.alice, job("b"));

            assertThat(names(wms.bob)).containsExactly("a");
            assertThat(names(otherVo.bob)).containsExactly("b");
        }

        @Test
        void findsJobsOfEveryVoForAdministratorsOfTheInstallation() {
            List<JobId> ids = new ArrayList<>(wms.submitted(wms.alice, job("a")));
            ids.addAll(otherVo.submitted(otherVo.alice, job("b")));
            List<String> wanted = ids.stream().map(JobId::toString).toList();

            FoundJobs found = search(serviceAdministrator, filter("JobID", "in", null, wanted));

            assertThat(column(found, "JobName")).containsExactly("a", "b");
        }

        @Test
        void findsOnlyTheCallersJobsIfTheVoKeepsThemApart() {
            keepApart(wms);
            wms.submitted(wms.alice, job("a"));
            wms.submitted(wms.bob, job("b"));

            assertThat(names(wms.alice)).containsExactly("a");
            assertThat(names(wms.admin)).containsExactly("a", "b");
            assertThat(names(wms.user("watcher", Property.JOB_MONITOR))).containsExactly("a", "b");
            assertThat(names(serviceAdministrator)).isEmpty();
        }

        @Test
        void cannotBeWidenedByAFilterOnTheVo() {
            otherVo.submitted(otherVo.alice, job("b"));

            assertThat(search(wms.alice, filter("VO", "eq", otherVo.vo.text(), null))
                            .rows())
                    .isEmpty();
            assertThat(search(wms.alice, filter("VO", "neq", wms.vo.text(), null))
                            .rows())
                    .isEmpty();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "JobName       | eq       | b       | b",
                    "JobName       | neq      | b       | a c",
                    "JobName       | gt       | b       | c",
                    "JobName       | lt       | b       | a",
                    "JobGroup      | like     | even%   | b",
                    "JobGroup      | not like | even%   | a c",
                    "JobName       | regex    | ^[ac]$  | a c",
                    "Status        | eq       | Waiting | a b c",
                    "UserPriority  | gt       | 1       | c",
                    "UserPriority  | eq       | 1       | a b",
                    "VerifiedFlag  | eq       | true    | a b c",
                    "VerifiedFlag  | neq      | true    | ''",
                    "EndExecTime   | lt       | 2100    | ''",
                    "SubmissionTime| lt       | 2100    | a b c",
                    "SubmissionTime| gt       | 2025    | a b c",
                    "SubmissionTime| eq       | 2025    | ''",
                    "SubmissionTime| neq      | 2025    | a b c",
                    "JobName       | like     | %       | a b c",
                    "JobName       | eq       | %       | ''",
                })
        void comparesAsTheOperatorSays(String parameter, String operator, String value, String found) {
            threeJobs();

            assertThat(column(search(wms.alice, filter(parameter, operator, value, null)), "JobName"))
                    .containsExactly(found.isEmpty() ? new Object[0] : found.split(" ", -1));
        }

        @Test
        void comparesWithLists() {
            List<JobId> ids = threeJobs();

            assertThat(column(search(wms.alice, filter("JobName", "in", null, List.of("a", "c", "x"))), "JobName"))
                    .containsExactly("a", "c");
            assertThat(column(search(wms.alice, filter("JobName", "not in", null, List.of("a", "c"))), "JobName"))
                    .containsExactly("b");
            assertThat(column(
                            search(
                                    wms.alice,
                                    filter(
                                            "JobID",
                                            "not in",
                                            null,
                                            List.of(ids.get(0).toString(), "1"))),
                            "JobName"))
                    .containsExactly("b", "c");
            assertThat(search(wms.alice, filter("JobName", "in", null, List.of()))
                            .rows())
                    .isEmpty();
            assertThat(search(wms.alice, filter("JobName", "not in", null, List.of()))
                            .rows())
                    .hasSize(3);
            assertThat(search(wms.alice, filter("SubmissionTime", "in", null, List.of("2024", "2025")))
                            .rows())
                    .isEmpty();
            assertThat(search(wms.alice, filter("SubmissionTime", "not in", null, List.of("2024", "2025")))
                            .rows())
                    .hasSize(3);
        }

        @Test
        void findsTheJobsOfAPilot() {
            threeJobs();
            Caller.Pilot pilot = wms.pilot();
            JobId matched = wms.matched(pilot, 1).get(0).id();

            FoundJobs found =
                    search(wms.alice, filter("PilotStamp", "eq", pilot.stamp().text(), null));

            assertThat(column(found, "JobID")).containsExactly(matched.number());
        }

        @Test
        void showsTheColumnsAskedForWithTheirTypes() {
            JobId id = wms.submitted(wms.alice, job("a")).get(0);

            FoundJobs found = in(() -> monitoring.search(
                    wms.alice,
                    new JobQuery(
                            Optional.of(List.of("EndExecTime", "VerifiedFlag", "JobID", "SubmissionTime")),
                            List.of(),
                            List.of(),
                            false),
                    1,
                    100));

            Map<String, Optional<Object>> row = found.rows().get(0);
            assertThat(row.keySet()).containsExactly("JobID", "SubmissionTime", "EndExecTime", "VerifiedFlag");
            assertThat(row.get("JobID")).contains(id.number());
            assertThat(row.get("EndExecTime")).isEmpty();
            assertThat(row.get("VerifiedFlag")).contains(true);
            assertThat(column(found, "SubmissionTime").get(0)).isInstanceOf(Instant.class);
        }

        @Test
        void addsTheLogOfEachJob() {
            threeJobs();

            FoundJobs found = in(() -> monitoring.search(
                    wms.alice,
                    new JobQuery(Optional.of(List.of("Status", "LoggingInfo")), List.of(), List.of(), false),
                    1,
                    2));

            assertThat(found.rows()).hasSize(2).allSatisfy(row -> assertThat(row)
                    .containsOnlyKeys("JobID", "Status"));
            assertThat(found.logs().orElseThrow().values()).hasSize(2).allSatisfy(log -> assertThat(log)
                    .extracting(LoggedStatus::status)
                    .containsExactly("Received", "Waiting"));
        }

        @Test
        void pagesInTheOrderAskedForAndKnowsTheTotal() {
            wms.submitted(wms.alice, "JobName = \"n%n\"; Parameters = 25;" + BARE);
            List<Object> pages = new ArrayList<>();
            for (int page = 1; page <= 3; page++) {
                FoundJobs found = page(page, 10, false, new JobQuery.Order("JobID", true));
                assertThat(found.first()).isEqualTo((page - 1) * 10L);
                assertThat(found.total()).isEqualTo(25);
                pages.addAll(column(found, "JobID"));
            }
            assertThat(pages).hasSize(25).isSortedAccordingTo((a, b) -> Long.compare((Long) b, (Long) a));

            FoundJobs past = page(4, 10, false, new JobQuery.Order("JobID", true));
            assertThat(past.rows()).isEmpty();
            assertThat(past.total()).isEqualTo(25);
        }

        @Test
        void countsByReadingWhereTheCountersDoNotKnow() {
            wms.submitted(wms.alice, "JobName = \"same\"; Parameters = 25;" + BARE);

            FoundJobs found = in(() -> monitoring.search(
                    wms.alice,
                    new JobQuery(Optional.empty(), List.of(filter("JobName", "eq", "same", null)), List.of(), false),
                    2,
                    10));

            assertThat(found.total()).isEqualTo(25);
        }

        @Test
        void showsEqualRowsOnceIfAsked() {
            threeJobs();

            FoundJobs found = in(() -> monitoring.search(
                    wms.alice,
                    new JobQuery(
                            Optional.of(List.of("Owner", "JobGroup")),
                            List.of(),
                            List.of(new JobQuery.Order("JobGroup", false)),
                            true),
                    1,
                    1));

            assertThat(column(found, "JobGroup")).containsExactly("even");
            assertThat(found.total()).isEqualTo(2);
        }

        @ParameterizedTest
        @ValueSource(strings = {"((", "[", "*", "a{2,1}", "\\"})
        void refusesARegexThatIsNone(String regex) {
            assertThatThrownBy(() -> search(wms.alice, filter("JobName", "regex", regex, null)))
                    .isInstanceOf(InvalidSearch.class)
                    .hasMessageStartingWith("search[0].value: ");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "' or true --",
                    "x'; drop table wms.job; --",
                    "\\' or 1=1 --",
                    "$$ or true",
                    "?",
                    "x) or (true",
                    "%' or '1'='1",
                    "\u2019 or true",
                    "{1}",
                })
        void takesHostileTextsAsTexts(String text) {
            threeJobs();
            for (String column : List.of("JobName", "Owner", "Status", "JobGroup", "ApplicationStatus")) {
                for (String operator : List.of("eq", "like")) {
                    assertThat(search(wms.alice, filter(column, operator, text, null))
                                    .rows())
                            .isEmpty();
                }
                assertThat(search(wms.alice, filter(column, "in", null, List.of(text, "nothing")))
                                .rows())
                        .isEmpty();
            }
            assertThatThrownBy(() -> search(wms.alice, filter(text, "eq", "a", null)))
                    .isInstanceOf(InvalidSearch.class);
            assertThatThrownBy(() -> in(() -> monitoring.summary(wms.alice, List.of(text), List.of())))
                    .isInstanceOf(InvalidSearch.class);
            assertThatThrownBy(() -> page(1, 10, false, new JobQuery.Order(text, false)))
                    .isInstanceOf(InvalidSearch.class);
            assertThat(names(wms.alice)).hasSize(3);
        }

        private List<Object> names(Caller.User caller) {
            return column(page(caller, 1, 100), "JobName");
        }
    }

    @Nested
    class Summary {

        @Test
        void comesFromTheCountersWithWhatIsNotFoldedYet() {
            threeJobs();
            in(() -> wms.counters.fold(wms.agent, 1_000_000));
            wms.submitted(wms.alice, job("d"));

            assertThat(summary(wms.alice, List.of("Status", "JobGroup")))
                    .containsExactlyInAnyOrder("Waiting/even=1", "Waiting/odd=3");
        }

        @Test
        void dropsGroupsThatHaveBecomeEmpty() {
            JobId id = wms.submitted(wms.alice, job("a")).get(0);
            wms.in(services -> services.stateUpdate.status(
                    wms.alice,
                    Map.of(
                            id,
                            Map.of(
                                    wms.clock.instant(),
                                    StatusReport.of(JobStatus.KILLED, "Marked for termination", "t"))),
                    false));

            assertThat(summary(wms.alice, List.of("Status"))).containsExactly("Killed=1");
        }

        @Test
        void readsTheJobsWhereTheCountersDoNotKnow() {
            threeJobs();

            assertThat(summary(wms.alice, List.of("UserPriority"))).containsExactlyInAnyOrder("1=2", "3=1");
            assertThat(summary(wms.alice, List.of("Status"), filter("JobName", "in", null, List.of("a", "b"))))
                    .containsExactly("Waiting=2");
            assertThat(in(() -> monitoring.summary(wms.alice, List.of(), List.of())))
                    .hasSize(3)
                    .allSatisfy(count -> assertThat(count.jobs()).isOne());
        }

        @Test
        void saysTheSameFromCountersAndFromJobs() {
            threeJobs();
            wms.matched(wms.pilot(), 1);

            assertThat(summary(wms.alice, List.of("Status", "MinorStatus")))
                    .containsExactlyInAnyOrderElementsOf(
                            summary(wms.alice, List.of("Status", "MinorStatus"), filter("JobID", "gt", "0", null)));
        }

        @Test
        void staysInTheVo() {
            otherVo.submitted(otherVo.alice, job("b"));
            wms.submitted(wms.alice, job("a"));

            assertThat(summary(wms.bob, List.of("VO"))).containsExactly(wms.vo + "=1");
        }

        @Test
        void refusesToAnswerMoreRowsThanOneCanRead() {
            wms.submitted(wms.alice, "JobName = \"n%n\"; Parameters = 10001;" + BARE);

            assertThatThrownBy(() -> summary(wms.alice, List.of("JobName")))
                    .isInstanceOfSatisfying(DiracException.class, refusal -> assertThat(refusal.code())
                            .isEqualTo(ErrorCode.QUERY_TOO_EXPENSIVE))
                    .hasMessageContaining("10000 rows");
        }
    }

    @Nested
    class OneJob {

        @Test
        void isShownWithItsParametersAndWarnings() {
            JobId id = wms.submitted(wms.alice, "JobName = \"a\"; InputDataPolicy = \"x\";" + BARE)
                    .get(0);
            wms.in(services -> services.stateUpdate.metadata(wms.alice, Map.of(id, Map.of("HostName", "node1"))));

            JobDetails job = in(() -> monitoring.job(wms.alice, id));

            assertThat(job.columns().get("JobName")).contains("a");
            assertThat(job.parameters()).containsEntry("HostName", "node1");
            assertThat(job.warnings()).anySatisfy(warning -> assertThat(warning).contains("InputDataPolicy"));
            assertThat(in(() -> monitoring.parameters(wms.alice, id))).isEqualTo(job.parameters());
        }

        @Test
        void keepsTheParametersOfFormerAttemptsAndTheMeasurementsOfItsHeartbeats() {
            JobId id = wms.submitted(wms.alice, job("a")).get(0);
            wms.in(services -> services.stateUpdate.metadata(wms.alice, Map.of(id, Map.of("HostName", "wn1"))));
            wms.in(services -> services.stateUpdate.heartbeat(
                    wms.alice,
                    Map.of(
                            id,
                            new HeartBeat(
                                    OptionalDouble.of(0.5),
                                    OptionalDouble.empty(),
                                    OptionalDouble.empty(),
                                    OptionalDouble.empty(),
                                    OptionalDouble.of(12),
                                    OptionalDouble.empty(),
                                    Optional.empty()))));
            wms.in(services -> services.manager.reschedule(wms.alice, List.of(id), false));

            Map<Integer, Map<String, String>> attic = in(() -> monitoring.attic(wms.alice, id));
            List<MeasuredBeat> heartbeats = in(() -> monitoring.heartbeats(wms.alice, id));
            assertThat(attic).isEqualTo(Map.of(0, Map.of("HostName", "wn1")));
            assertThat(heartbeats).singleElement().satisfies(beat -> {
                assertThat(beat.loadAverage()).contains(0.5);
                assertThat(beat.cpuConsumed()).contains(12.0);
                assertThat(beat.memoryUsed()).isEmpty();
            });
        }

        @Test
        void tellsItsLogAndItsDescription() {
            JobId id = wms.submitted(wms.alice, "JobName = \"tile-%n\"; Parameters = 3;" + BARE)
                    .get(2);

            assertThat(in(() -> monitoring.log(wms.alice, id)))
                    .extracting(LoggedStatus::status)
                    .containsExactly("Received", "Waiting");
            assertThat(in(() -> monitoring.jdl(wms.alice, id, false)))
                    .contains("JobID = " + id)
                    .contains("tile-2");
            assertThat(in(() -> monitoring.jdl(wms.alice, id, true))).contains("tile-2");
        }

        @Test
        void isHiddenOutsideItsVo() {
            JobId id = wms.submitted(wms.alice, job("a")).get(0);

            assertThatThrownBy(() -> in(() -> monitoring.job(otherVo.admin, id)))
                    .isInstanceOf(JobNotFound.class);
            assertThat(in(() -> monitoring.job(serviceAdministrator, id)).id()).isEqualTo(id);
        }

        @Test
        void isNotEvenKnownToExistIfTheVoKeepsJobsApart() {
            keepApart(wms);
            JobId id = wms.submitted(wms.alice, job("a")).get(0);
            Caller.User sharing = wms.user("carol", Property.NORMAL_USER, Property.JOB_SHARING);
            Caller.User elsewhere = new Caller.User(
                    "dave",
                    new UserName("dave"),
                    new GroupName("others"),
                    wms.vo,
                    Set.of(Property.NORMAL_USER, Property.JOB_SHARING));

            for (JobId asked : List.of(id, new JobId(Long.MAX_VALUE))) {
                assertThatThrownBy(() -> in(() -> monitoring.job(wms.bob, asked)))
                        .isInstanceOf(Forbidden.class);
                assertThatThrownBy(() -> in(() -> monitoring.jdl(wms.bob, asked, true)))
                        .isInstanceOf(Forbidden.class);
            }
            assertThatThrownBy(() -> in(() -> monitoring.log(elsewhere, id))).isInstanceOf(Forbidden.class);
            assertThat(in(() -> monitoring.job(wms.alice, id)).id()).isEqualTo(id);
            assertThat(in(() -> monitoring.job(sharing, id)).id()).isEqualTo(id);
            assertThat(in(() -> monitoring.job(wms.admin, id)).id()).isEqualTo(id);
        }

        @Test
        void isNotFoundIfThereIsNone() {
            assertThatThrownBy(() -> in(() -> monitoring.job(wms.alice, new JobId(Long.MAX_VALUE))))
                    .isInstanceOf(JobNotFound.class);
        }

        @Test
        void isReadByItsOwnWrapperAndByNoOther() {
            threeJobs();
            Caller.Pilot pilot = wms.pilot();
            List<MatchedJob> matched = wms.matched(pilot, 2);
            Caller.Job wrapper = wms.wrapper(matched.get(0), pilot);
            Caller.Job earlier = new Caller.Job(
                    wrapper.id(),
                    wrapper.attempt() - 1,
                    wrapper.pilot(),
                    wrapper.owner(),
                    wrapper.ownerGroup(),
                    wrapper.vo());

            assertThat(in(() -> monitoring.job(wrapper, wrapper.id())).attempt())
                    .isEqualTo(1);
            assertThatThrownBy(() ->
                            in(() -> monitoring.job(wrapper, matched.get(1).id())))
                    .isInstanceOf(Forbidden.class);
            assertThatThrownBy(() -> in(() -> monitoring.job(earlier, earlier.id())))
                    .isInstanceOf(StaleAttempt.class);
        }
    }

    private static final String BARE = " Executable = \"run.sh\";";

    private static String job(String name) {
        return "JobName = \"" + name + "\"; JobGroup = \"odd\";" + BARE;
    }

    private List<JobId> threeJobs() {
        return wms.submitted(
                wms.alice,
                job("a"),
                "JobName = \"b\"; JobGroup = \"even\";" + BARE,
                "JobName = \"c\"; JobGroup = \"odd\"; Priority = 3;" + BARE);
    }

    private static void keepApart(WmsServices services) {
        services.configuration.set(Map.of(
                "Operations",
                Map.of("Defaults", Map.of("Services", Map.of("JobMonitoring", Map.of("GlobalJobsInfo", false))))));
    }

    private static JobQuery.Filter filter(
            String parameter, String operator, @Nullable String value, @Nullable List<String> values) {
        return new JobQuery.Filter(parameter, operator, Optional.ofNullable(value), Optional.ofNullable(values));
    }

    private FoundJobs search(Caller.User caller, JobQuery.Filter filter) {
        return in(() ->
                monitoring.search(caller, new JobQuery(Optional.empty(), List.of(filter), List.of(), false), 1, 100));
    }

    private FoundJobs page(Caller.User caller, int page, int perPage) {
        return in(() ->
                monitoring.search(caller, new JobQuery(Optional.empty(), List.of(), List.of(), false), page, perPage));
    }

    private FoundJobs page(int page, int perPage, boolean distinct, JobQuery.Order order) {
        return in(() -> monitoring.search(
                wms.alice, new JobQuery(Optional.empty(), List.of(), List.of(order), distinct), page, perPage));
    }

    private List<String> summary(Caller.User caller, List<String> grouping, JobQuery.Filter... filters) {
        return in(() -> monitoring.summary(caller, grouping, List.of(filters))).stream()
                .map(count -> String.join(
                                "/",
                                count.values().values().stream()
                                        .map(value ->
                                                value.map(Object::toString).orElse("null"))
                                        .toList())
                        + "=" + count.jobs())
                .toList();
    }

    private static List<Object> column(FoundJobs found, String name) {
        return found.rows().stream()
                .map(row -> row.getOrDefault(name, Optional.empty()).orElse("null"))
                .toList();
    }

    private <T> T in(Supplier<T> call) {
        return wms.database.inTransaction(call);
    }
}
