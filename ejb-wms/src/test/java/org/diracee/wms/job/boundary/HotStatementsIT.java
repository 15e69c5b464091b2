/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.wms.fixture.WmsServices;
import org.diracee.wms.job.control.Silence;
import org.diracee.wms.matching.boundary.MatchedJob;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is called all day reads no table from end to end, with 100 000 jobs of each kind beside. */
class HotStatementsIT {

    private static final int JOBS = 100_000;

    /** Small tables, such as those of task queues, are read whole, which is the cheapest way. */
    private static final int FEW = 2_000;

    private static final WmsServices WMS = new WmsServices();
    private static final HeartBeat BEAT = new HeartBeat(
            OptionalDouble.of(0.5),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            Optional.of("line"));

    private static JobId running;
    private static Caller.Job wrapper;

    @BeforeAll
    static void fill() {
        running = WMS.submitted(WMS.alice, "Executable = \"run.sh\";").get(0);
        Caller.Pilot pilot = WMS.pilot();
        MatchedJob matched = WMS.matched(pilot, 1).get(0);
        wrapper = WMS.wrapper(matched, pilot);
        JobId waiting = WMS.submitted(WMS.alice, "Executable = \"run.sh\";").get(0);
        for (String status : List.of("Waiting", "Running", "Done", "Staging")) {
            WMS.database.query(
                    "insert into wms.job (submission_id, sweep_index, vo, owner, owner_group, job_type, job_group, job_name, "
                            + "site, status, minor_status, user_priority, submission_time, last_update_time, "
                            + "last_logged_time, heart_beat_time, end_exec_time, task_queue_id) select submission_id, n, vo, owner, "
                            + "owner_group, job_type, job_group, job_name, site, '%1$s', minor_status, 1, now(), now(), now(), "
                            + "case when '%1$s' = 'Running' then now() end, case when '%1$s' = 'Done' then now() end, "
                            + "case when '%1$s' = 'Waiting' then task_queue_id end "
                            + "from wms.job, generate_series(1, %2$d) n where id = %3$s",
                    status, JOBS, waiting);
        }
        WMS.database.query(
                "insert into wms.stage_request (job_id, sent, due) "
                        + "select id, true, now() from wms.job where vo = '%s' and status = 'Staging'",
                WMS.vo);
        WMS.database.query("analyze wms.job, wms.stage_request");
    }

    /** Other tests look for silent jobs, too. */
    @AfterAll
    static void tidyUp() {
        WMS.database.query(
                "delete from wms.stage_request where job_id in (select id from wms.job where vo = '%s')", WMS.vo);
        WMS.database.query("delete from wms.job where vo = '%s'", WMS.vo);
    }

    private static Arguments call(String name, Consumer<WmsServices> work) {
        return Arguments.of(name, work);
    }

    static Stream<Arguments> calls() {
        return Stream.of(
                call(
                        "submission",
                        wms -> wms.submission.submit(
                                wms.alice, List.of("Executable = \"run.sh\";"), Optional.of("hot-" + wms.vo))),
                call(
                        "status",
                        wms -> wms.stateUpdate.status(
                                wrapper,
                                Map.of(
                                        running,
                                        Map.of(
                                                Instant.now(),
                                                StatusReport.of(JobStatus.RUNNING, "Application", "JobWrapper"))),
                                false)),
                call("heartbeat", wms -> wms.stateUpdate.heartbeat(wrapper, Map.of(running, BEAT))),
                call("metadata", wms -> wms.stateUpdate.metadata(wms.alice, Map.of(running, Map.of("Key", "value")))),
                call("reschedule", wms -> wms.manager.reschedule(wms.alice, List.of(running), false)),
                call("waiting submissions", wms -> wms.submissionLimits.mine(wms.alice)),
                call("due optimizers", wms -> wms.checking.due(wms.agent, 500)),
                call("due stage requests", wms -> wms.checking.toBeStaged(wms.agent, 50)),
                call("abandoned stage requests", wms -> wms.staging.abandoned(wms.agent, 0, 500)),
                call("lost hand-outs", wms -> wms.recovery.leasesOver(wms.agent, 500)),
                call(
                        "silent jobs",
                        wms -> wms.recovery.silent(wms.agent, JobStatus.RUNNING, Silence.of(Duration.ofHours(1)), 500)),
                call("jobs of ended pilots", wms -> wms.recovery.heldByEndedPilots(wms.agent, 500)),
                call("jobs to clean", wms -> wms.cleaning.overdue(wms.agent, JobStatus.DONE)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void readNoTableFromEndToEnd(String name, Consumer<WmsServices> work) {
        assertThat(readWholeBy(() -> work.accept(WMS)))
                .as("rows read by %s", name)
                .isEmpty();
    }

    @Test
    void aTableThatIsReadWholeIsNoticed() {
        assertThat(readWholeBy(() -> sql("select id from wms.job where minor_status = ?")
                        .text("none has this")
                        .rows(row -> row.number("id"))))
                .isNotEmpty();
    }

    private static List<String> readWholeBy(Runnable work) {
        return WMS.database.inTransaction(() -> {
            work.run();
            // of active jobs all are read, as no column that a heartbeat writes is in an index
            return sql("""
                            select relname, seq_tup_read + case when relname = 'job' then 0
                                else coalesce(idx_tup_fetch, 0) end as rows_read
                            from pg_stat_xact_user_tables
                            where seq_tup_read > ? or relname <> 'job' and idx_tup_fetch > ?""").number(FEW).number(FEW).rows(row -> row.text("relname") + ": " + row.number("rows_read"));
        });
    }

    private static SqlStatement sql(String text) {
        return new SqlStatement(WMS.database.entities().unwrap(Session.class), text);
    }
}
