/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.wms.fixture.WmsDatabase;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How the database finds jobs among 200 000: by an index where there is one, and never for longer than allowed. */
class JobSearchPlanIT {

    private static final String VO = "plans";
    private static final int JOBS = 200_000;
    private static final WmsDatabase DATABASE = WmsDatabase.shared();

    private static final Instant MONTH =
            YearMonth.now(ZoneOffset.UTC).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();

    private final JobSearchRepository repository = new JobSearchRepository(DATABASE.entities());

    @BeforeAll
    static void fill() {
        DATABASE.query("""
                with made as (
                    insert into wms.submission (vo, owner, owner_group, description, jobs, submitted)
                    values ('%1$s', 'user0', 'users', '[]', %2$d, now()) returning id)
                insert into wms.job (submission_id, sweep_index, vo, owner, owner_group, job_type, job_group, client_ref, job_name,
                    site, status, minor_status, user_priority, submission_time, last_update_time, last_logged_time)
                select made.id, n, '%1$s', 'user' || n %% 100, 'users', 'User', 'group' || n %% 1000,
                    case when n %% 2 = 0 then 'ref' || n end, 'job' || n, 'ANY',
                    case when n %% 50 = 0 then 'Running' else 'Done' end, 'x', 1, now(), now(), now()
                from made, generate_series(0, %2$d - 1) n""", VO, JOBS);
        DATABASE.query("analyze wms.job");
    }

    static Stream<Arguments> indexed() {
        return Stream.of(
                Arguments.of("by id", List.of(new JobCondition.Numbers(JobColumn.JOB_ID, List.of(17L), false))),
                Arguments.of(
                        "by ids", List.of(new JobCondition.Numbers(JobColumn.JOB_ID, List.of(17L, 18L, 19L), false))),
                Arguments.of("by owner", List.of(text(JobColumn.OWNER, "user7"))),
                Arguments.of("by status", List.of(text(JobColumn.STATUS, "Running"))),
                Arguments.of(
                        "by statuses",
                        List.of(new JobCondition.Texts(JobColumn.STATUS, List.of("Running", "Matched"), false))),
                Arguments.of("by group", List.of(text(JobColumn.JOB_GROUP, "group123"))),
                Arguments.of("by client reference", List.of(text(JobColumn.CLIENT_REF, "ref1234"))),
                Arguments.of(
                        "by client references",
                        List.of(new JobCondition.Texts(JobColumn.CLIENT_REF, List.of("ref2", "ref4"), false))),
                Arguments.of(
                        "by owner and status",
                        List.of(text(JobColumn.OWNER, "user50"), text(JobColumn.STATUS, "Running"))),
                Arguments.of("by pilot", List.of(new JobCondition.OfPilots(List.of("p1")))),
                Arguments.of("all of the VO", List.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("indexed")
    void readsNoMoreThanAnIndexTells(String name, List<JobCondition> conditions) {
        assertThat(plan(conditions, List.of())).as(name).doesNotContain("Seq Scan on job", "Parallel Seq Scan");
    }

    @Test
    void findsTheNewestJobsOfAStatusWithoutSorting() {
        assertThat(plan(List.of(text(JobColumn.STATUS, "Running")), List.of(new JobOrder(JobColumn.JOB_ID, true))))
                .contains("Backward using job_vo_status")
                .doesNotContain("Sort");
    }

    @Test
    void readsTheHistoryOfOneMonthByTime() {
        DATABASE.query("""
                insert into wms.job_history
                select date_trunc('month', now()) + n * interval '1 minute', 'history' || n %% 10, 'o', 'g', 'j', 's', 't', 'Running',
                    'm', 1, 1 from generate_series(1, 20000) n""");
        DATABASE.query("analyze wms.job_history");
        ConditionSql where = new ConditionSql(List.of(text(JobColumn.VO, "history1")));
        String plan = DATABASE.inTransaction(() -> String.join(
                "\n",
                where.bind(new SqlStatement(
                                        DATABASE.entities().unwrap(Session.class),
                                        "explain " + JobSearchRepository.historySql(List.of(JobColumn.STATUS), where))
                                .number(3_600L)
                                .instant(MONTH)
                                .instant(MONTH)
                                .instant(MONTH.plus(1, ChronoUnit.HOURS)))
                        .number(100)
                        .rows(row -> row.text("QUERY PLAN"))));
        DATABASE.query("delete from wms.job_history where vo like 'history%%'");
        assertThat(plan)
                .as("only the month, and by its index")
                .contains("_taken_vo_idx")
                .doesNotContain("Seq Scan", "Append");
    }

    @Test
    void stopsASearchThatTakesTooLong() throws SQLException {
        try (Connection other = DATABASE.connection();
                Statement lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("lock table wms.job in access exclusive mode");

            assertThatThrownBy(() -> DATABASE.inTransaction(
                            () -> repository.count(List.of(), List.of(text(JobColumn.VO, VO)), false, JOBS)))
                    .isInstanceOf(QueryTooExpensive.class)
                    .hasMessageContaining("10 s");
            other.rollback();
        }
    }

    private static String plan(List<JobCondition> conditions, List<JobOrder> orders) {
        ConditionSql where = new ConditionSql(Stream.concat(Stream.of(text(JobColumn.VO, VO)), conditions.stream())
                .toList());
        String sql = "explain " + JobSearchRepository.findSql(List.of(JobColumn.values()), where, orders, false);
        return DATABASE.inTransaction(() -> String.join(
                "\n",
                where.bind(new SqlStatement(DATABASE.entities().unwrap(Session.class), sql))
                        .number(0L)
                        .number(100)
                        .rows(row -> row.text("QUERY PLAN"))));
    }

    private static JobCondition text(JobColumn column, String value) {
        return new JobCondition.Texts(column, List.of(value), false);
    }
}
