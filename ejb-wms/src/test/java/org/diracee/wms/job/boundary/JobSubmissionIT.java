/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.diracee.framework.idempotency.boundary.IdempotencyConflict;
import org.diracee.framework.idempotency.boundary.RequestInProgress;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.FieldError;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.wms.fixture.WmsServices;
import org.diracee.wms.job.entity.JobColumn;
import org.diracee.wms.job.entity.JobCondition;
import org.diracee.wms.job.entity.JobSearchRepository;
import org.diracee.wms.sandbox.boundary.SandboxPfn;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class JobSubmissionIT {

    private static final String SIMPLE = "Executable = \"run.sh\"; JobName = \"one\"; JobGroup = \"g\";";
    private static final String SWEEP =
            "Executable = \"run.sh\"; Arguments = \"%(x)s %n %j\"; JobName = \"tile-%n\"; Parameters.x = {1, 2, 3};"
                    + " Parameters = 3; Site = \"DIRAC.Local.test\"; Priority = 5;";

    private final WmsServices wms = new WmsServices();

    @Test
    void commitsAJobAsWaitingAndTellsItsSubmitterThatItWasReceived() {
        Instant before = wms.clock.instant();

        List<SubmittedJob> answer =
                wms.in(services -> services.submission.submit(wms.alice, List.of(SIMPLE), Optional.empty()));

        assertThat(answer).singleElement().satisfies(job -> {
            assertThat(job.status()).isEqualTo(JobStatus.RECEIVED);
            assertThat(job.minorStatus()).isEqualTo("Job accepted");
            assertThat(job.timestamp()).isBetween(before, wms.clock.instant());
        });
        JobId id = answer.get(0).id();
        assertThat(wms.database.query(
                        "select vo, owner, owner_group, job_name, job_group, job_type, site, status, minor_status, "
                                + "application_status, user_priority, attempt, sweep_index, sweep_values from wms.job "
                                + "where id = %s",
                        id))
                .containsExactly(List.of(
                        wms.vo.text(),
                        "alice",
                        "users",
                        "one",
                        "g",
                        "User",
                        "ANY",
                        "Waiting",
                        "Pilot Agent Submission",
                        "Unknown",
                        "1",
                        "0",
                        "0",
                        "null"));
        assertThat(wms.log(id))
                .containsExactly("Received/Job accepted/JobManager", "Waiting/Pilot Agent Submission/JobScheduling");
        assertThat(wms.database.value("select submission_time from wms.job where id = %s", id))
                .isEqualTo(wms.database.value("select max(status_time) from wms.job_log where job_id = %s", id));
    }

    @Test
    void makesASweepOfOneStoredDescriptionInOneTransaction() {
        List<JobId> ids = wms.submitted(wms.alice, SWEEP);

        assertThat(ids).hasSize(3).isSorted();
        assertThat(wms.database.query(
                        "select job_name, site, user_priority, sweep_index, submission.jobs "
                                + "from wms.job join wms.submission on submission.id = submission_id "
                                + "where job.vo = '%s' order by job.id",
                        wms.vo))
                .containsExactly(
                        List.of("tile-0", "DIRAC.Local.test", "5", "0", "3"),
                        List.of("tile-1", "DIRAC.Local.test", "5", "1", "3"),
                        List.of("tile-2", "DIRAC.Local.test", "5", "2", "3"));
        assertThat(wms.database.value("select count(distinct task_queue_id) from wms.job where vo = '%s'", wms.vo))
                .isEqualTo("1");
        assertThat(wms.database.value("select count(distinct xmin::text) from wms.job where vo = '%s'", wms.vo))
                .isEqualTo("1");
        assertThat(wms.database.query(
                        "select site, status, minor_status, jobs from wms.job_counter_delta where vo = '%s'", wms.vo))
                .containsExactly(List.of("DIRAC.Local.test", "Waiting", "Pilot Agent Submission", "3"));
    }

    @Test
    void repeatsWhatTheSubmitterCallsEachJobAndFindsItByThat() {
        List<String> jdls = List.of("Executable = \"a\"; ClientRef = \"row %s of %j\"; Parameters = {\"x\", \"y\"};");

        List<SubmittedJob> jobs =
                wms.in(services -> services.submission.submit(wms.alice, jdls, Optional.of("references")));

        List<Optional<String>> references = List.of(
                Optional.of("row x of " + jobs.get(0).id()),
                Optional.of("row y of " + jobs.get(1).id()));
        assertThat(jobs).extracting(SubmittedJob::clientRef).isEqualTo(references);
        List<SubmittedJob> again =
                wms.in(services -> services.submission.submit(wms.alice, jdls, Optional.of("references")));
        assertThat(again).isEqualTo(jobs);
        List<SubmittedJob> without =
                wms.in(services -> services.submission.submit(wms.alice, List.of(SIMPLE), Optional.empty()));
        assertThat(without).extracting(SubmittedJob::clientRef).containsExactly(Optional.empty());
        List<Map<JobColumn, Optional<Object>>> found = wms.in(services -> new JobSearchRepository(
                        services.database.entities())
                .find(
                        List.of(JobColumn.JOB_ID),
                        List.of(new JobCondition.Texts(
                                JobColumn.CLIENT_REF, List.of(references.get(1).orElseThrow()), false)),
                        List.of(),
                        false,
                        0,
                        10));
        assertThat(found)
                .containsExactly(
                        Map.of(JobColumn.JOB_ID, Optional.of(jobs.get(1).id().number())));
    }

    @Test
    void takesManyDescriptionsInOrderWithTheirOwnQueuesAndWarnings() {
        List<SubmittedJob> jobs = wms.in(services -> services.submission.submit(
                wms.alice,
                List.of(
                        "Executable = \"a\"; JobName = \"first\"",
                        "Executable = \"b\"; JobName = \"second\"; CPUTime = 200; OutputData = {\"f\"}",
                        "Executable = \"c\"; JobName = \"third\""),
                Optional.empty()));

        assertThat(jobs.stream().map(job -> wms.column(job.id(), "job_name")))
                .containsExactly("first", "second", "third");
        assertThat(wms.database.value("select count(*) from wms.task_queue where vo = '%s'", wms.vo))
                .isEqualTo("2");
        assertThat(jobs.get(0).warnings()).isEmpty();
        assertThat(jobs.get(1).warnings())
                .anySatisfy(warning -> assertThat(warning).contains("OutputData"));
        assertThat(wms.database.value("select count(distinct submission_id) from wms.job where vo = '%s'", wms.vo))
                .isEqualTo("3");
    }

    @Test
    void takesNothingIfOneDescriptionIsWrongAndSaysWhichAndWhere() {
        assertThatThrownBy(() -> wms.submitted(wms.alice, SIMPLE, "Executable = \"b\"; CPUTime = 1;"))
                .isInstanceOf(DiracException.class)
                .hasMessageContaining("2 of 2")
                .hasMessageContaining("CPUTime")
                .satisfies(wrong -> assertThat(((DiracException) wrong).fields())
                        .extracting(FieldError::field)
                        .containsExactly("[1].CPUTime"));
        assertThatThrownBy(() -> wms.submitted(wms.alice, SIMPLE, "Executable = \"b\";\nCPUTime = ;"))
                .isInstanceOf(DiracException.class)
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> wms.submitted(wms.alice)).isInstanceOf(InvalidRequest.class);

        assertThat(wms.database.value("select count(*) from wms.job where vo = '%s'", wms.vo))
                .isEqualTo("0");
        assertThat(wms.database.value("select count(*) from wms.submission where vo = '%s'", wms.vo))
                .isEqualTo("0");
    }

    @Test
    void assignsInputSandboxesOncePerDescriptionAndRefusesUnknownOnes() {
        SandboxPfn pfn =
                SandboxPfn.parse("/S3/sandboxes/" + wms.vo + "/users/alice/sha256:" + "a".repeat(64) + ".tar.zst");
        String jdl = SWEEP + " InputSandbox = {\"" + pfn.reference() + "\"};";

        assertThatThrownBy(() -> wms.submitted(wms.alice, jdl)).isInstanceOf(InvalidRequest.class);
        wms.sandboxes.known.add(pfn);
        List<JobId> ids = wms.submitted(wms.alice, jdl);

        assertThat(wms.sandboxes.assigned).containsExactly(wms.column(ids.get(0), "submission_id") + " " + pfn);
        assertThat(wms.database.value("select count(*) from wms.job where vo = '%s'", wms.vo))
                .isEqualTo("3");
    }

    @Test
    void leavesNothingBehindWhenItsConnectionIsKilledInTheMiddle() {
        List<String> many = IntStream.range(0, 50)
                .mapToObj(i -> "Executable = \"run.sh\"; JobName = \"job-" + i + "\"")
                .toList();

        assertThatThrownBy(() -> wms.in(services -> {
                    services.submission.submit(wms.alice, many, Optional.of("doomed"));
                    String backend = wms.database
                            .entities()
                            .createNativeQuery("select cast(pg_backend_pid() as text)")
                            .getSingleResult()
                            .toString();
                    return wms.database.value("select pg_terminate_backend(%s)", backend);
                }))
                .isInstanceOf(RuntimeException.class);

        for (String table : List.of("job", "submission", "job_counter_delta")) {
            assertThat(wms.database.value("select count(*) from wms.%s where vo = '%s'", table, wms.vo))
                    .as(table)
                    .isEqualTo("0");
        }
        List<SubmittedJob> repeated =
                wms.in(services -> services.submission.submit(wms.alice, many, Optional.of("doomed")));
        assertThat(repeated).hasSize(50);
    }

    @Nested
    class WithAnIdempotencyKey {

        @Test
        void aRepeatMakesNothingAndGetsTheSameAnswer() {
            List<SubmittedJob> first =
                    wms.in(services -> services.submission.submit(wms.alice, List.of(SWEEP), Optional.of("key")));
            List<SubmittedJob> second =
                    wms.in(services -> services.submission.submit(wms.alice, List.of(SWEEP), Optional.of("key")));

            assertThat(second).isEqualTo(first);
            assertThat(wms.database.value("select count(*) from wms.job where vo = '%s'", wms.vo))
                    .isEqualTo("3");
        }

        @Test
        void otherDescriptionsUnderTheSameKeyAreRefusedButAnotherUserMayUseTheKey() {
            wms.in(services -> services.submission.submit(wms.alice, List.of(SIMPLE), Optional.of("key")));

            assertThatThrownBy(() -> wms.in(
                            services -> services.submission.submit(wms.alice, List.of(SWEEP), Optional.of("key"))))
                    .isInstanceOf(IdempotencyConflict.class);
            List<SubmittedJob> ofBob =
                    wms.in(services -> services.submission.submit(wms.bob, List.of(SWEEP), Optional.of("key")));
            assertThat(ofBob).hasSize(3);
        }

        @Test
        void aRunningDuplicateIsToldToComeBackLater() {
            CountDownLatch submitted = new CountDownLatch(1);
            CountDownLatch refused = new CountDownLatch(1);
            CompletableFuture<List<SubmittedJob>> running = CompletableFuture.supplyAsync(() -> wms.in(services -> {
                List<SubmittedJob> jobs = services.submission.submit(wms.alice, List.of(SIMPLE), Optional.of("key"));
                submitted.countDown();
                await(refused);
                return jobs;
            }));
            await(submitted);
            try {
                assertThatThrownBy(() -> wms.in(
                                services -> services.submission.submit(wms.alice, List.of(SIMPLE), Optional.of("key"))))
                        .isInstanceOf(RequestInProgress.class);
            } finally {
                refused.countDown();
            }
            assertThat(running.join()).hasSize(1);
        }

        @Test
        void twentyRepeatsAtOnceMakeTheJobsOnce() {
            List<CompletableFuture<Integer>> calls = IntStream.range(0, 20)
                    .mapToObj(call -> CompletableFuture.supplyAsync(() -> wms.in(services ->
                                    services.submission.submit(wms.alice, List.of(SWEEP), Optional.of("storm")))
                            .size()))
                    .toList();

            for (CompletableFuture<Integer> call : calls) {
                try {
                    assertThat(call.join()).isEqualTo(3);
                } catch (CompletionException busy) {
                    assertThat(busy).hasCauseInstanceOf(RequestInProgress.class);
                }
            }
            assertThat(wms.database.value("select count(*) from wms.job where vo = '%s'", wms.vo))
                    .isEqualTo("3");
        }
    }

    @Test
    void submissionsAtOnceShareOneQueueAndNeverWaitForEachOther() {
        List<CompletableFuture<List<JobId>>> calls = IntStream.range(0, 40)
                .mapToObj(call -> CompletableFuture.supplyAsync(() -> wms.submitted(wms.alice, SIMPLE, SIMPLE)))
                .toList();

        assertThat(calls.stream().flatMap(call -> call.join().stream()).distinct())
                .hasSize(80);
        assertThat(wms.database.value("select count(*) from wms.task_queue where vo = '%s'", wms.vo))
                .isEqualTo("1");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
