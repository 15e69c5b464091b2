/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.diracee.framework.bulk.boundary.AllOrNone;
import org.diracee.framework.bulk.boundary.NotAllPossible;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.FieldError;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.wms.fixture.WmsServices;
import org.diracee.wms.matching.boundary.MatchedJob;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class JobStateUpdateIT {

    private static final String SIMPLE = "Executable = \"run.sh\";";
    private static final HeartBeat BEAT = new HeartBeat(
            OptionalDouble.of(1.5),
            OptionalDouble.of(2048),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.of(12.5),
            OptionalDouble.of(13),
            Optional.of("line 1\nline 2"));

    private final WmsServices wms = new WmsServices();
    private final Caller.Pilot pilot = wms.pilot();
    private final JobId id = wms.submitted(wms.alice, SIMPLE).get(0);

    private BulkResult<JobId, StatusWritten> report(Caller caller, JobId job, StatusReport report) {
        return wms.in(services ->
                services.stateUpdate.status(caller, Map.of(job, Map.of(wms.clock.instant(), report)), false));
    }

    private Caller.Job wrapper() {
        MatchedJob matched = wms.matched(pilot, 1).get(0);
        return wms.wrapper(matched, pilot);
    }

    private void reports(Caller.Job wrapper, JobStatus status, String minor) {
        report(wrapper, wrapper.id(), StatusReport.of(status, minor, "JobWrapper"));
    }

    private BulkResult<JobId, List<JobCommand>> beat(Caller caller, JobId job) {
        return wms.in(services -> services.stateUpdate.heartbeat(caller, Map.of(job, BEAT)));
    }

    private static <T> T entry(Map<JobId, T> results, JobId job) {
        return Objects.requireNonNull(results.get(job));
    }

    @Nested
    class Status {

        @Test
        void aWrapperBringsItsJobToItsEnd() {
            Caller.Job wrapper = wrapper();

            reports(wrapper, JobStatus.RUNNING, "Job Initialization");
            reports(wrapper, JobStatus.COMPLETING, "Application Finished Successfully");
            BulkResult<JobId, StatusWritten> end =
                    report(wrapper, id, StatusReport.of(JobStatus.DONE, "Execution Complete", "JobWrapper"));

            assertThat(end.success().get(id)).satisfies(written -> {
                assertThat(written.status()).contains(JobStatus.DONE);
                assertThat(written.endExecTime()).isPresent();
                assertThat(written.startExecTime()).isEmpty();
                assertThat(written.heartBeatTime()).isPresent();
            });
            assertThat(wms.log(id))
                    .containsExactly(
                            "Received/Job accepted/JobManager",
                            "Waiting/Pilot Agent Submission/JobScheduling",
                            "Matched/Assigned/Matcher",
                            "Running/Job Initialization/JobWrapper",
                            "Completing/Application Finished Successfully/JobWrapper",
                            "Done/Execution Complete/JobWrapper");
            assertThat(wms.database.query(
                            "select status, start_exec_time < end_exec_time, lease_until is null from wms.job where id = %s",
                            id))
                    .containsExactly(List.of("Done", "t", "t"));
        }

        @Test
        void allAreKilledOrNone() {
            JobId other = wms.submitted(wms.alice, SIMPLE).get(0);
            report(wms.alice, other, StatusReport.of(JobStatus.DELETED, "Checking accounting", "User: alice"));
            List<String> before = wms.log(other);
            StatusReport kill = StatusReport.of(JobStatus.KILLED, "Marked for termination", "User: alice");
            Map<JobId, Map<Instant, StatusReport>> kills = Map.of(
                    id, Map.of(wms.clock.instant(), kill),
                    other, Map.of(wms.clock.instant(), kill));

            assertThatThrownBy(() -> wms.in(services -> new AllOrNone()
                            .carryOut(
                                    true,
                                    () -> StatusWritten.reached(
                                            kills, services.stateUpdate.status(wms.alice, kills, false)))))
                    .isInstanceOfSatisfying(NotAllPossible.class, refusal -> assertThat(refusal.fields())
                            .containsExactly(new FieldError(
                                    other.toString(),
                                    "Job " + other + " is Deleted, not Killed",
                                    Map.of("code", "CONFLICT"))));

            assertThat(wms.log(id)).last().isEqualTo("Waiting/Pilot Agent Submission/JobScheduling");
            assertThat(wms.log(other)).isEqualTo(before);
        }

        @Test
        void aMoveThatTheTableForbidsIsLoggedAndChangesNothing() {
            Caller.Job wrapper = wrapper();

            BulkResult<JobId, StatusWritten> result =
                    report(wrapper, id, StatusReport.of(JobStatus.DONE, "Execution Complete", "JobWrapper"));

            assertThat(entry(result.success(), id).status()).contains(JobStatus.MATCHED);
            assertThat(wms.column(id, "status")).isEqualTo("Matched");
            assertThat(wms.log(id)).last().isEqualTo("Matched/Assigned/JobWrapper(SM)");
        }

        @Test
        void theOwnerMayForceAMove() {
            Map<JobId, Map<Instant, StatusReport>> done =
                    Map.of(id, Map.of(wms.clock.instant(), StatusReport.of(JobStatus.DONE, "by hand", "User: alice")));

            assertThatThrownBy(() -> wms.in(services -> services.stateUpdate.status(wrapper(), done, true)))
                    .isInstanceOf(Forbidden.class);
            wms.in(services -> services.stateUpdate.status(wms.alice, done, true));

            assertThat(wms.column(id, "status")).isEqualTo("Done");
        }

        @Test
        void killingAWaitingJobTakesItOutOfItsQueueWithoutAnOrder() {
            report(wms.alice, id, StatusReport.of(JobStatus.KILLED, "Marked for termination", "User: alice"));

            assertThat(wms.column(id, "status")).isEqualTo("Killed");
            assertThat(wms.matched(pilot, 1)).isEmpty();
            assertThat(wms.database.value("select count(*) from wms.job_command where job_id = %s", id))
                    .isEqualTo("0");
        }

        @Test
        void killingARunningJobOrdersItsWrapperToStopAndNothingRevivesIt() {
            Caller.Job wrapper = wrapper();
            reports(wrapper, JobStatus.RUNNING, "Application");

            report(wms.alice, id, StatusReport.of(JobStatus.KILLED, "Marked for termination", "User: alice"));
            BulkResult<JobId, List<JobCommand>> first = beat(wms.admin, id);
            BulkResult<JobId, List<JobCommand>> second = beat(wms.admin, id);
            reports(wrapper, JobStatus.COMPLETING, "Application Finished Successfully");

            assertThat(first.success().get(id)).containsExactly(new JobCommand(id, "Kill", Optional.empty()));
            assertThat(second.success().get(id)).isEmpty();
            assertThat(beat(wrapper, id).success().get(id))
                    .extracting(JobCommand::command)
                    .containsExactly("Kill");
            assertThat(wms.column(id, "status")).isEqualTo("Killed");
            reports(wrapper, JobStatus.KILLED, "Received Kill signal");
            assertThat(wms.column(id, "minor_status")).isEqualTo("Received Kill signal");
        }

        @Test
        void deletingARunningJobKillsItAndDeletingItAgainDeletesIt() {
            Caller.Job wrapper = wrapper();
            reports(wrapper, JobStatus.RUNNING, "Application");
            StatusReport delete = StatusReport.of(JobStatus.DELETED, "Checking accounting", "User: alice");

            report(wms.alice, id, delete);
            assertThat(wms.database.query("select status, minor_status from wms.job where id = %s", id))
                    .containsExactly(List.of("Killed", "Marked for termination"));
            report(wms.alice, id, delete);

            assertThat(wms.database.query("select status, minor_status from wms.job where id = %s", id))
                    .containsExactly(List.of("Deleted", "Checking accounting"));
        }

        @Test
        void anOwnersOrderIsNeverTooLateThoughHisClockIsSlow() {
            Instant yesterday = wms.clock.instant().minus(Duration.ofDays(1));

            wms.in(services -> services.stateUpdate.status(
                    wms.alice,
                    Map.of(id, Map.of(yesterday, StatusReport.of(JobStatus.KILLED, "Marked for termination", "me"))),
                    false));

            assertThat(wms.column(id, "status")).isEqualTo("Killed");
        }

        @Test
        void anOldReportIsOnlyLoggedAndTakesWhatItLeavesOutFromItsTime() {
            Caller.Job wrapper = wrapper();
            reports(wrapper, JobStatus.RUNNING, "Application");
            Instant old = Instant.parse(wms.database
                    .value("select to_json(submission_time) #>> '{}' from wms.job where id = %s", id)
                    .replace("+00:00", "Z"));

            BulkResult<JobId, StatusWritten> result = wms.in(services -> services.stateUpdate.status(
                    wms.alice,
                    Map.of(
                            id,
                            Map.of(
                                    old.plusMillis(0),
                                    new StatusReport(
                                            Optional.empty(), Optional.of("late"), Optional.empty(), "Somebody"))),
                    false));

            assertThat(entry(result.success(), id).status()).isEmpty();
            assertThat(wms.column(id, "minor_status")).isEqualTo("Application");
            assertThat(wms.log(id)).contains("Waiting/late/Somebody");
        }

        @Test
        void aWrapperWithASlowClockIsStillHeard() {
            Caller.Job wrapper = wrapper();
            Instant slow = wms.clock.instant().minus(Duration.ofHours(1));
            Map<Instant, StatusReport> life = new LinkedHashMap<>();
            life.put(slow, StatusReport.of(JobStatus.RUNNING, "Application", "JobWrapper"));
            life.put(slow.plusSeconds(1), StatusReport.of(JobStatus.COMPLETING, "Uploading Outputs", "JobWrapper"));

            wms.in(services -> services.stateUpdate.status(wrapper, Map.of(id, life), false));
            wms.in(services -> services.stateUpdate.status(
                    wrapper,
                    Map.of(
                            id,
                            Map.of(
                                    slow.plusSeconds(2),
                                    StatusReport.of(JobStatus.DONE, "Execution Complete", "JobWrapper"))),
                    false));

            assertThat(wms.column(id, "status")).isEqualTo("Done");
        }

        @Test
        void refusesATextThatDoesNotFit() {
            assertThatThrownBy(() ->
                            report(wms.alice, id, StatusReport.of(JobStatus.KILLED, "x".repeat(129), "User: alice")))
                    .isInstanceOf(InvalidRequest.class)
                    .hasMessageContaining("MinorStatus")
                    .hasMessageContaining("128");
        }
    }

    @Nested
    class Rights {

        private final StatusReport kill = StatusReport.of(JobStatus.KILLED, "Marked for termination", "x");

        @Test
        void aUserIsRefusedAsAWholeIfOneJobIsNotHisOrDoesNotExist() {
            JobId ofBob = wms.submitted(wms.bob, SIMPLE).get(0);
            Instant now = wms.clock.instant();

            for (JobId foreign : List.of(ofBob, new JobId(Long.MAX_VALUE))) {
                assertThatThrownBy(() -> wms.in(services -> services.stateUpdate.status(
                                wms.alice, Map.of(id, Map.of(now, kill), foreign, Map.of(now, kill)), false)))
                        .isInstanceOf(Forbidden.class)
                        .hasMessage("Not yours, or not there: " + foreign);
            }
            assertThat(wms.column(id, "status")).isEqualTo("Waiting");
        }

        @Test
        void anAdministratorActsOnHisVoAndIsToldWhatDoesNotExist() {
            WmsServices other = new WmsServices();
            JobId foreign = other.submitted(other.alice, SIMPLE).get(0);
            Instant now = wms.clock.instant();

            BulkResult<JobId, StatusWritten> result = wms.in(services -> services.stateUpdate.status(
                    wms.admin, Map.of(id, Map.of(now, kill), foreign, Map.of(now, kill)), false));

            assertThat(result.success()).containsOnlyKeys(id);
            assertThat(result.failed()).containsOnlyKeys(foreign);
            assertThat(entry(result.failed(), foreign).code()).isEqualTo(ErrorCode.JOB_NOT_FOUND);
            assertThat(other.column(foreign, "status")).isEqualTo("Waiting");
        }

        @Test
        void aPilotActsOnTheJobsItHoldsOnly() {
            wrapper();
            JobId waiting = wms.submitted(wms.alice, SIMPLE).get(0);
            Caller.Pilot stranger = wms.pilot();

            assertThat(beat(pilot, id).success()).containsOnlyKeys(id);
            assertThatThrownBy(() -> beat(stranger, id)).isInstanceOf(Forbidden.class);
            assertThatThrownBy(() -> report(stranger, id, kill)).isInstanceOf(Forbidden.class);
            assertThatThrownBy(() -> beat(pilot, waiting)).isInstanceOf(Forbidden.class);
        }

        @Test
        void aWrapperActsOnItsOwnJobOnly() {
            Caller.Job wrapper = wrapper();
            JobId other = wms.submitted(wms.alice, SIMPLE).get(0);

            assertThatThrownBy(() -> report(wrapper, other, kill)).isInstanceOf(Forbidden.class);
            assertThatThrownBy(() -> beat(wrapper, other)).isInstanceOf(Forbidden.class);
        }

        @Test
        void anAttemptThatLostItsJobMayWriteNothingWhoeverHasItNow() {
            Caller.Job first = wrapper();
            wms.in(services -> services.manager.reschedule(wms.alice, List.of(id), false));

            assertThatThrownBy(() -> reports(first, JobStatus.RUNNING, "Application"))
                    .isInstanceOf(StaleAttempt.class);
            Caller.Job second = wrapper();
            assertThat(second.attempt()).isEqualTo(2);
            reports(second, JobStatus.RUNNING, "Application");

            assertThatThrownBy(() -> reports(first, JobStatus.DONE, "Execution Complete"))
                    .isInstanceOf(StaleAttempt.class);
            assertThatThrownBy(() -> beat(first, id)).isInstanceOf(StaleAttempt.class);
            assertThatThrownBy(() -> wms.in(services ->
                            services.stateUpdate.metadata(first, Map.of(id, Map.of("ApplicationStatus", "x")))))
                    .isInstanceOf(StaleAttempt.class);
            assertThatThrownBy(() -> wms.in(services -> services.manager.reschedule(first, List.of(id), false)))
                    .isInstanceOf(StaleAttempt.class);
            assertThat(wms.column(id, "status")).isEqualTo("Running");
        }
    }

    @Nested
    class Heartbeats {

        @Test
        void aMatchedJobRunsAndWhatItMeasuresIsKept() {
            Caller.Job wrapper = wrapper();

            beat(wrapper, id);
            beat(wrapper, id);

            assertThat(wms.column(id, "status")).isEqualTo("Running");
            assertThat(wms.column(id, "start_exec_time")).isNotEqualTo("null");
            assertThat(wms.log(id)).last().isEqualTo("Running/Assigned/Heartbeat");
            assertThat(wms.database.query(
                            "select load_average, memory_used, vsize, cpu_consumed from wms.job_heartbeat where job_id = %s",
                            id))
                    .containsExactly(List.of("1.5", "2048", "null", "12.5"), List.of("1.5", "2048", "null", "12.5"));
            assertThat(wms.database.query("select name, value from wms.job_parameter where job_id = %s", id))
                    .containsExactly(List.of("StandardOutput", "line 1\nline 2"));
        }

        @Test
        void aFinishedJobIsNotRevived() {
            Caller.Job wrapper = wrapper();
            reports(wrapper, JobStatus.RUNNING, "Application");
            reports(wrapper, JobStatus.FAILED, "Application Finished With Errors");

            beat(wrapper, id);

            assertThat(wms.column(id, "status")).isEqualTo("Failed");
        }
    }

    @Nested
    class Metadata {

        @Test
        void columnsAreSetAndEverythingElseIsAParameter() {
            wms.in(services -> services.stateUpdate.metadata(
                    wms.alice,
                    Map.of(
                            id,
                            Map.of(
                                    "UserPriority", "7",
                                    "JobGroup", "other",
                                    "HeartBeatTime", "2026-11-22T10:00:00.5+00:00",
                                    "CPUNormalizationFactor", "9.7",
                                    "made up by the user", "value"))));

            assertThat(wms.database.query(
                            "select user_priority, job_group, heart_beat_time at time zone 'UTC' from wms.job where id = %s",
                            id))
                    .containsExactly(List.of("7", "other", "2026-11-22 10:00:00.5"));
            assertThat(wms.database.query(
                            "select name, value from wms.job_parameter where job_id = %s order by name", id))
                    .containsExactly(List.of("CPUNormalizationFactor", "9"), List.of("made up by the user", "value"));
        }

        @Test
        void refusesWhatCannotBeSetAndUnusableValuesByName() {
            for (Map<String, String> wrong : List.of(
                    Map.of("Status", "Done"),
                    Map.of("Owner", "bob"),
                    Map.of("UserPriority", "high"),
                    Map.of("UserPriority", "11"),
                    Map.of("UserPriority", "-5"),
                    Map.of("Site", ""),
                    Map.of("HeartBeatTime", "yesterday"),
                    Map.of("HeartBeatTime", "+999999999-12-31T00:00:00Z"),
                    Map.of("NormCPUTime(s)", "1e500000000"),
                    Map.of("NormCPUTime(s)", "1e-500000000"),
                    Map.of("NormCPUTime(s)", "much"),
                    Map.of("JobGroup", "x".repeat(33)))) {
                assertThatThrownBy(
                                () -> wms.in(services -> services.stateUpdate.metadata(wms.alice, Map.of(id, wrong))))
                        .isInstanceOf(InvalidRequest.class)
                        .hasMessageContaining(wrong.keySet().iterator().next());
            }
        }
    }

    @Nested
    class Rescheduling {

        @Test
        void sendsTheJobBackWithItsParametersInTheAttic() {
            Caller.Job wrapper = wrapper();
            reports(wrapper, JobStatus.RUNNING, "Application");
            wms.in(services -> services.stateUpdate.metadata(wrapper, Map.of(id, Map.of("HostName", "wn1"))));
            report(wms.alice, id, StatusReport.of(JobStatus.KILLED, "Marked for termination", "User: alice"));

            BulkResult<JobId, RescheduledJob> result =
                    wms.in(services -> services.manager.reschedule(wms.alice, List.of(id), false));

            assertThat(result.success().get(id)).satisfies(job -> {
                assertThat(job.status()).isEqualTo(JobStatus.RECEIVED);
                assertThat(job.minorStatus()).isEqualTo("Job Rescheduled");
                assertThat(job.rescheduleCounter()).isEqualTo(1);
                assertThat(job.site()).isEqualTo("ANY");
            });
            assertThat(wms.database.query(
                            "select status, minor_status, attempt, pilot_stamp, reschedule_counter, site, start_exec_time, "
                                    + "end_exec_time from wms.job where id = %s",
                            id))
                    .containsExactly(
                            List.of("Waiting", "Pilot Agent Submission", "1", "null", "1", "ANY", "null", "null"));
            assertThat(wms.log(id))
                    .endsWith(
                            "Rescheduled/Job Rescheduled/JobManager",
                            "Received/Job Rescheduled/JobManager",
                            "Waiting/Pilot Agent Submission/JobScheduling");
            assertThat(wms.database.query(
                            "select reschedule_cycle, name, value from wms.job_parameter_attic where job_id = %s", id))
                    .containsExactly(List.of("0", "HostName", "wn1"));
            assertThat(wms.database.value("select count(*) from wms.job_parameter where job_id = %s", id))
                    .isEqualTo("0");
            Caller.Job again = wrapper();
            assertThat(again.attempt()).isEqualTo(2);
            assertThat(beat(again, id).success().get(id))
                    .as("the order to the old attempt")
                    .isEmpty();
        }

        @Test
        void failsAJobThatWasRescheduledTooOftenUnlessItsCounterIsReset() {
            for (int times = 0; times < 3; times++) {
                wms.in(services -> services.manager.reschedule(wms.alice, List.of(id), false));
            }
            wrapper();

            BulkResult<JobId, RescheduledJob> tooOften =
                    wms.in(services -> services.manager.reschedule(wms.alice, List.of(id), false));

            assertThat(tooOften.success()).isEmpty();
            assertThat(entry(tooOften.failed(), id).code()).isEqualTo(ErrorCode.RESCHEDULING_LIMIT);
            assertThat(entry(tooOften.failed(), id).detail()).contains("3");
            assertThat(wms.database.query("select status, minor_status from wms.job where id = %s", id))
                    .containsExactly(List.of("Failed", "Maximum of reschedulings reached"));
            BulkResult<JobId, RescheduledJob> reset =
                    wms.in(services -> services.manager.reschedule(wms.alice, List.of(id), true));
            assertThat(entry(reset.success(), id).rescheduleCounter()).isZero();
        }

        @Test
        void refusesADeletedJob() {
            report(wms.alice, id, StatusReport.of(JobStatus.DELETED, "Checking accounting", "User: alice"));

            BulkResult<JobId, RescheduledJob> result =
                    wms.in(services -> services.manager.reschedule(wms.admin, List.of(id), false));

            assertThat(entry(result.failed(), id).detail()).contains("Deleted");
        }
    }

    @Test
    void reportsInAnyOrderAtOnceNeverDeadlock() {
        List<JobId> ids = new ArrayList<>(wms.submitted(wms.alice, SIMPLE + "Parameters = 200;"));
        List<CompletableFuture<Integer>> calls = IntStream.range(0, 60)
                .mapToObj(call -> CompletableFuture.supplyAsync(() -> {
                    List<JobId> shuffled = new ArrayList<>(ids);
                    Collections.shuffle(shuffled, new Random(call));
                    Map<JobId, Map<Instant, StatusReport>> reports = new LinkedHashMap<>();
                    for (JobId job : shuffled.subList(0, 120)) {
                        reports.put(
                                job,
                                Map.of(
                                        wms.clock.instant(),
                                        new StatusReport(
                                                Optional.empty(),
                                                Optional.of("minor " + call),
                                                Optional.empty(),
                                                "Test")));
                    }
                    if (call % 3 == 0) {
                        return wms.in(services -> services.manager.reschedule(wms.alice, shuffled.subList(0, 50), true))
                                .success()
                                .size();
                    }
                    return wms.in(services -> services.stateUpdate.status(wms.alice, reports, false))
                            .success()
                            .size();
                }))
                .toList();

        assertThat(calls).allSatisfy(call -> assertThat(call.join()).isPositive());
    }
}
