/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.framework.schema.boundary.SqlStatement.Row;
import org.diracee.kernel.value.JobId;
import org.diracee.wms.schema.boundary.WmsUnit;
import org.hibernate.Session;

/**
 * Finds and counts jobs. Every method runs in a transaction that only reads, and ends it after {@link #TIME_LIMIT} at
 * the latest.
 */
@ApplicationScoped
public class JobSearchRepository {

    /** How long one statement may take. */
    public static final Duration TIME_LIMIT = Duration.ofSeconds(10);

    private static final Duration QUICK = Duration.ofSeconds(2);

    /** How many numbers that are not zero a history may have. */
    public static final int HISTORY_LIMIT = 50_000;

    /** How many rows a summary may have. */
    public static final int SUMMARY_LIMIT = 10_000;

    private static final String CANCELLED = "57014";
    private static final String INVALID_REGEX = "2201B";
    private static final String COUNTED_JOBS = countedJobs();

    private EntityManager entities;

    protected JobSearchRepository() {} // for the container's proxy

    @Inject
    public JobSearchRepository(@WmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /** Whether the database understands the regular expression; if not, the transaction is good for nothing more. */
    public boolean isRegex(String text) {
        return statement("select '' ~ ?")
                .text(text)
                .rowsUnless(INVALID_REGEX, row -> true)
                .isPresent();
    }

    /**
     * The jobs that meet the conditions, with these columns; without an order by their ids, with one by their ids where
     * the order leaves it open.
     */
    public List<Map<JobColumn, Optional<Object>>> find(
            Collection<JobColumn> columns,
            List<JobCondition> conditions,
            List<JobOrder> orders,
            boolean distinct,
            long offset,
            int limit) {
        ConditionSql where = new ConditionSql(conditions);
        String sql = findSql(columns, where, orders, distinct);
        return bounded(
                () -> where.bind(statement(sql)).number(offset).number(limit).rows(row -> values(row, columns)));
    }

    static String findSql(Collection<JobColumn> columns, ConditionSql where, List<JobOrder> orders, boolean distinct) {
        return "select " + (distinct ? "distinct " : "") + list(columns) + " from wms.job where " + where.text()
                + orderBy(orders, distinct, columns) + " offset ? limit ?";
    }

    /**
     * Counts the rows of a search by reading them, but not beyond the limit.
     *
     * @return the number, or nothing if there are more
     */
    public OptionalLong count(
            Collection<JobColumn> columns, List<JobCondition> conditions, boolean distinct, long limit) {
        ConditionSql where = new ConditionSql(conditions);
        String sql = "select count(*) as jobs from (select " + (distinct ? "distinct " + list(columns) : "1")
                + " from wms.job where " + where.text() + " limit ?) counted";
        long counted = bounded(() -> where.bind(statement(sql))
                .number(limit + 1)
                .rows(row -> row.number("jobs"))
                .get(0));
        return counted > limit ? OptionalLong.empty() : OptionalLong.of(counted);
    }

    /** Counts jobs by reading them, if that takes no longer than two seconds; the transaction is as good as before in any case. */
    public OptionalLong countIfQuick(List<JobCondition> conditions) {
        ConditionSql where = new ConditionSql(conditions);
        String sql = "select count(*) as jobs from wms.job where " + where.text();
        statement("savepoint counting").run();
        limit(QUICK);
        OptionalLong jobs = where.bind(statement(sql)).rowsUnless(CANCELLED, row -> row.number("jobs")).stream()
                .mapToLong(rows -> rows.get(0))
                .findFirst();
        // it takes the limit back as well, and makes good for a statement that was cancelled
        statement("rollback to savepoint counting").run();
        return jobs;
    }

    /** Counts the jobs from the counters: the totals and what is not folded into them yet, in one look. */
    public long countFromCounters(List<JobCondition> conditions) {
        ConditionSql where = new ConditionSql(conditions);
        String sql = "select coalesce(sum(jobs), 0)::bigint as jobs from " + COUNTED_JOBS + " where " + where.text();
        return bounded(
                () -> where.bind(statement(sql)).rows(row -> row.number("jobs")).get(0));
    }

    /** The highest id that a job has taken so far. */
    public long newestId() {
        return statement("select case when is_called then last_value else 0 end as id from wms.job_id_seq")
                .rows(row -> row.number("id"))
                .get(0);
    }

    /** The next jobs that meet the conditions, in the order of their ids and locked until the transaction ends. */
    public List<JobId> lockNext(List<JobCondition> conditions, long after, long last, int limit) {
        ConditionSql where = new ConditionSql(conditions);
        return bounded(() -> where.bind(statement(lockNextSql(where)))
                .number(after)
                .number(last)
                .number(limit)
                .rows(row -> new JobId(row.number("id"))));
    }

    static String lockNextSql(ConditionSql where) {
        return "select id from wms.job where " + where.text()
                + " and id > ? and id <= ? order by id limit ? for no key update";
    }

    /** How many jobs there are for each combination of values, from the counters. */
    public List<Group> groupsFromCounters(List<JobColumn> grouping, List<JobCondition> conditions) {
        return groups(grouping, conditions, "sum(jobs)::bigint", COUNTED_JOBS, " having sum(jobs) > 0");
    }

    /** How many jobs there are for each combination of values, from the jobs themselves. */
    public List<Group> groups(List<JobColumn> grouping, List<JobCondition> conditions) {
        return groups(grouping, conditions, "count(*)", "wms.job", "");
    }

    private List<Group> groups(
            List<JobColumn> grouping, List<JobCondition> conditions, String count, String table, String having) {
        ConditionSql where = new ConditionSql(conditions);
        String columns = list(grouping);
        String sql = "select " + columns + ", " + count + " as jobs from " + table + " where " + where.text()
                + " group by " + columns + having + " limit ?";
        List<Group> groups = bounded(() -> where.bind(statement(sql))
                .number(SUMMARY_LIMIT + 1)
                .rows(row -> new Group(values(row, grouping), row.number("jobs"))));
        if (groups.size() > SUMMARY_LIMIT) {
            throw new QueryTooExpensive("The summary has more than " + SUMMARY_LIMIT
                    + " rows, which is the most that is answered; group by fewer columns or search more narrowly");
        }
        return groups;
    }

    /** The jobs that met the conditions at the looks of each step of a time, added up, for each combination of values. */
    public List<Look> history(
            List<JobColumn> grouping, List<JobCondition> conditions, Instant from, Instant to, Duration step) {
        ConditionSql where = new ConditionSql(conditions);
        SqlStatement history = statement(historySql(grouping, where))
                .number(step.toSeconds())
                .instant(from)
                .instant(from)
                .instant(to);
        List<Look> looks = bounded(() -> where.bind(history)
                .number(HISTORY_LIMIT + 1)
                .rows(row -> new Look(row.instant("start"), values(row, grouping), row.real("jobs"))));
        if (looks.size() > HISTORY_LIMIT) {
            throw new QueryTooExpensive("The history has more than " + HISTORY_LIMIT
                    + " numbers, which is the most that is answered; group by fewer columns, search more narrowly or take"
                    + " longer steps");
        }
        return looks;
    }

    static String historySql(List<JobColumn> grouping, ConditionSql where) {
        String columns =
                grouping.stream().map(column -> ", " + column.sqlName()).collect(Collectors.joining());
        return "select date_bin(make_interval(secs => ?), taken, ?) as start" + columns
                + ", sum(jobs * weight) as jobs from wms.job_history where taken >= ? and taken < ? and " + where.text()
                + " group by start" + columns + " limit ?";
    }

    private <T> T bounded(Supplier<T> query) {
        try {
            limit(TIME_LIMIT);
            return query.get();
        } catch (RuntimeException failure) {
            if (hasState(failure, CANCELLED)) {
                throw new QueryTooExpensive("The search took longer than " + TIME_LIMIT.toSeconds()
                        + " s, which is the most that one may take; search by Owner, Status, JobGroup or JobID");
            }
            throw failure;
        }
    }

    /** Local to the transaction, so that the pooled connection forgets it. */
    private void limit(Duration time) {
        statement("select set_config('statement_timeout', ?, true) as before")
                .text(Long.toString(time.toMillis()))
                .rows(row -> true);
    }

    private static Map<JobColumn, Optional<Object>> values(Row row, Collection<JobColumn> columns) throws SQLException {
        Map<JobColumn, Optional<Object>> values = new LinkedHashMap<>();
        for (JobColumn column : columns) {
            values.put(column, value(row, column));
        }
        return Collections.unmodifiableMap(values);
    }

    private static Optional<Object> value(Row row, JobColumn column) throws SQLException {
        String name = column.sqlName();
        return switch (column.kind()) {
            case TEXT -> Optional.ofNullable(row.textOrNull(name));
            case NUMBER -> Optional.ofNullable(row.numberOrNull(name));
            case TIME -> Optional.ofNullable(row.instantOrNull(name));
            case TRUTH -> Optional.of(row.truth(name));
        };
    }

    private static String orderBy(List<JobOrder> orders, boolean distinct, Collection<JobColumn> columns) {
        List<String> parts = new ArrayList<>();
        for (JobOrder order : orders) {
            parts.add(order.column().sqlName() + (order.descending() ? " desc" : ""));
        }
        if (!distinct || columns.contains(JobColumn.JOB_ID)) {
            parts.add(JobColumn.JOB_ID.sqlName());
        }
        return parts.isEmpty() ? "" : " order by " + String.join(", ", parts);
    }

    private static String list(Collection<JobColumn> columns) {
        return columns.stream().map(JobColumn::sqlName).collect(Collectors.joining(", "));
    }

    private static String countedJobs() {
        String columns = Stream.of(JobColumn.values())
                .filter(JobColumn::isCounted)
                .map(JobColumn::sqlName)
                .collect(Collectors.joining(", "));
        return "(select " + columns + ", jobs from wms.job_counter union all select " + columns
                + ", jobs from wms.job_counter_delta) counters";
    }

    private static boolean hasState(Throwable failure, String state) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && state.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }

    /** Jobs with equal values in some columns. */
    public record Group(Map<JobColumn, Optional<Object>> values, long jobs) {}

    /** Numbers of jobs with the same values in one step of a time, added up over the looks in it. */
    public record Look(Instant step, Map<JobColumn, Optional<Object>> values, double jobs) {}
}
