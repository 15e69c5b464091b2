/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.framework.schema.boundary.SqlStatement.Row;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.wms.history.boundary.History;
import org.diracee.wms.history.boundary.HistorySpan;
import org.diracee.wms.pilot.boundary.FoundLogLine;
import org.diracee.wms.pilot.boundary.PilotLogLine;
import org.diracee.wms.pilot.boundary.PilotStatus;
import org.diracee.wms.schema.boundary.WmsUnit;
import org.hibernate.Session;

/** Finds and counts pilots, and lines of their logs; a statement ends after {@link #TIME_LIMIT} at the latest. Every method needs a transaction. */
@ApplicationScoped
public class PilotSearchRepository {

    /** How long one statement may take. */
    public static final Duration TIME_LIMIT = Duration.ofSeconds(10);

    /** How many characters the messages that are found at once have in all; more than the longest message has. */
    private static final long MOST_CHARACTERS = 4_000_000;

    private static final String CANCELLED = "57014";
    private static final String INVALID_REGEX = "2201B";

    private EntityManager entities;

    protected PilotSearchRepository() {} // for the container's proxy

    @Inject
    public PilotSearchRepository(@WmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /** By which column found pilots are ordered. */
    public record Order(PilotColumn column, boolean descending) {}

    /** Pilots with equal values in some columns. */
    public record Group(Map<String, Optional<Object>> values, long pilots) {}

    /** The pilots that meet the criteria; where the order leaves it open, by their ids. */
    public List<Map<String, Optional<Object>>> find(
            Collection<PilotColumn> columns,
            List<PilotCriterion> criteria,
            List<Order> orders,
            boolean distinct,
            long offset,
            int limit) {
        String sql = select(columns, criteria, distinct) + orderBy(columns, orders, distinct) + " offset ? limit ?";
        return bounded(() -> PilotCriterion.bind(criteria, statement(sql))
                .number(offset)
                .number(limit)
                .rows(row -> values(row, columns)));
    }

    /** How many rows a search has. */
    public long count(Collection<PilotColumn> columns, List<PilotCriterion> criteria, boolean distinct) {
        String sql = distinct
                ? "select count(*) as pilots from (" + select(columns, criteria, true) + ") found"
                : "select count(*) as pilots from wms.pilot where " + PilotCriterion.where(criteria);
        return bounded(() -> PilotCriterion.bind(criteria, statement(sql))
                .rows(row -> row.number("pilots"))
                .get(0));
    }

    /** How many pilots there are for each combination of values, up to a limit. */
    public List<Group> groups(Collection<PilotColumn> grouping, List<PilotCriterion> criteria, int limit) {
        String columns = list(grouping);
        String sql = "select " + columns + ", count(*) as pilots from wms.pilot where " + PilotCriterion.where(criteria)
                + " group by " + columns + " limit ?";
        return bounded(() -> PilotCriterion.bind(criteria, statement(sql))
                .number(limit)
                .rows(row -> new Group(values(row, grouping), row.number("pilots"))));
    }

    /** Pilots of one status at a resource. */
    public record Fate(
            String site,
            Optional<String> computingElement,
            PilotStatus status,
            long pilots,
            long withoutJob,
            long changedLately) {}

    /**
     * How many pilots have which status at each computing element, or at each site.
     *
     * @param lately from when on a change is counted as such
     */
    public List<Fate> fates(List<PilotCriterion> criteria, boolean bySite, Instant lately, int limit) {
        String columns = bySite ? "grid_site" : "grid_site, destination_site";
        String sql = "select " + columns + """
                , status, count(*) as pilots, count(*) filter (where initial_job_id is null) as without_job,
                    count(*) filter (where last_update_time > ?) as lately
                from wms.pilot where\s""" + PilotCriterion.where(criteria) + " group by " + columns
                + ", status order by " + columns + " limit ?";
        return bounded(() -> PilotCriterion.bind(criteria, statement(sql).instant(lately))
                .number(limit)
                .rows(row -> new Fate(
                        row.text("grid_site"),
                        bySite ? Optional.empty() : Optional.of(row.text("destination_site")),
                        PilotStatus.ofWireName(row.text("status")).orElseThrow(),
                        row.number("pilots"),
                        row.number("without_job"),
                        row.number("lately"))));
    }

    /** The pilots that met the criteria at the looks of each step of a time, added up, for each combination of values. */
    public List<History.Look> history(
            Collection<PilotColumn> grouping, List<PilotCriterion> criteria, HistorySpan span, int limit) {
        String columns =
                grouping.stream().map(column -> ", " + column.sqlName()).collect(Collectors.joining());
        String sql = "select date_bin(make_interval(secs => ?), taken, ?) as start" + columns
                + ", sum(pilots * weight) as pilots from wms.pilot_history where taken >= ? and taken < ? and "
                + PilotCriterion.where(criteria) + " group by start" + columns + " limit ?";
        return bounded(() -> PilotCriterion.bind(
                        criteria,
                        statement(sql)
                                .number(span.step().toSeconds())
                                .instant(span.from())
                                .instant(span.from())
                                .instant(span.to()))
                .number(limit)
                .rows(row -> new History.Look(row.instant("start"), values(row, grouping), row.real("pilots"))));
    }

    /**
     * Lines of the logs of pilots that meet the criteria, in the order they came, up to {@value #MOST_CHARACTERS} characters.
     *
     * @param after the sequence of the last line that is not wanted
     */
    public List<FoundLogLine> lines(
            List<PilotCriterion> criteria, Optional<String> text, Instant since, long after, int limit) {
        String sql = """
                select * from (select *, sum(length(message)) over (order by sequence) as characters from (
                select sequence, pilot_stamp, pilot_time, severity, scope, message from wms.pilot_log
                where pilot_stamp in (select stamp from wms.pilot where\s""" + PilotCriterion.where(criteria)
                + ") and logged_at >= ? and sequence > ?"
                + (text.isPresent() ? " and strpos(lower(message), lower(?)) > 0" : "")
                + " order by sequence limit ?) line) summed where characters <= ? order by sequence";
        return bounded(() -> {
            SqlStatement statement =
                    PilotCriterion.bind(criteria, statement(sql)).instant(since).number(after);
            text.ifPresent(statement::text);
            return statement
                    .number(limit)
                    .number(MOST_CHARACTERS)
                    .rows(row -> new FoundLogLine(
                            row.number("sequence"),
                            new PilotStamp(row.text("pilot_stamp")),
                            new PilotLogLine(
                                    row.instant("pilot_time"),
                                    row.text("severity"),
                                    row.text("scope"),
                                    row.text("message"))));
        });
    }

    private static String select(Collection<PilotColumn> columns, List<PilotCriterion> criteria, boolean distinct) {
        return "select " + (distinct ? "distinct " : "") + list(columns) + " from wms.pilot where "
                + PilotCriterion.where(criteria);
    }

    private static String orderBy(Collection<PilotColumn> columns, List<Order> orders, boolean distinct) {
        List<String> parts = new ArrayList<>();
        orders.forEach(order -> parts.add(order.column().sqlName() + (order.descending() ? " desc" : "")));
        if (!distinct || columns.contains(PilotColumn.PILOT_ID)) {
            parts.add(PilotColumn.PILOT_ID.sqlName());
        }
        return parts.isEmpty() ? "" : " order by " + String.join(", ", parts);
    }

    private static String list(Collection<PilotColumn> columns) {
        return columns.stream().map(PilotColumn::sqlName).collect(Collectors.joining(", "));
    }

    private static Map<String, Optional<Object>> values(Row row, Collection<PilotColumn> columns) throws SQLException {
        Map<String, Optional<Object>> values = new LinkedHashMap<>();
        for (PilotColumn column : columns) {
            values.put(column.diracName(), value(row, column));
        }
        return values;
    }

    private static Optional<Object> value(Row row, PilotColumn column) throws SQLException {
        String name = column.sqlName();
        return switch (column.kind()) {
            case TEXT -> Optional.ofNullable(row.textOrNull(name));
            case NUMBER -> Optional.ofNullable(row.numberOrNull(name));
            case REAL -> Optional.of(row.real(name));
            case TIME -> Optional.ofNullable(row.instantOrNull(name));
            case TRUTH -> Optional.of(row.truth(name));
        };
    }

    private <T> T bounded(Supplier<T> query) {
        try {
            // local to the transaction, so the pooled connection forgets it
            statement("select set_config('statement_timeout', ?, true) as before")
                    .text(Long.toString(TIME_LIMIT.toMillis()))
                    .rows(row -> true);
            return query.get();
        } catch (RuntimeException failure) {
            if (hasState(failure, CANCELLED)) {
                throw PilotSearchFailure.tooExpensive(TIME_LIMIT);
            }
            if (hasState(failure, INVALID_REGEX)) {
                throw PilotSearchFailure.brokenRegex();
            }
            throw failure;
        }
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
}
