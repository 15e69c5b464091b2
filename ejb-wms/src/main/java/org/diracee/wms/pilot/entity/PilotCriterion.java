/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.entity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.diracee.framework.schema.boundary.SqlStatement;

/**
 * What a pilot must fulfil to be found. Made only by the methods here, so its text holds names of columns and question
 * marks, and its values are bound.
 */
public final class PilotCriterion {

    /** How the value of a column compares with another. */
    public enum Comparison {
        ABOVE(">"),
        BELOW("<"),
        FROM(">="),
        LIKE("like"),
        NOT_LIKE("not like"),
        REGEX("~");

        private final String sql;

        Comparison(String sql) {
            this.sql = sql;
        }
    }

    /** A span of time; its end does not belong to it. */
    public record Period(Instant start, Instant end) {}

    private final String sql;
    private final List<Object> values;

    private PilotCriterion(String sql, List<?> values) {
        this.sql = sql;
        this.values = List.copyOf(values);
    }

    /**
     * One of the values, or none of them.
     *
     * @param values all of the column's type
     */
    public static PilotCriterion in(PilotColumn column, List<?> values, boolean negated) {
        if (values.isEmpty()) {
            return new PilotCriterion(negated ? "true" : "false", List.of());
        }
        String marks = String.join(", ", Collections.nCopies(values.size(), "?"));
        return new PilotCriterion(column.sqlName() + (negated ? " not in (" : " in (") + marks + ")", values);
    }

    public static PilotCriterion compared(PilotColumn column, Comparison comparison, Object value) {
        return new PilotCriterion(column.sqlName() + " " + comparison.sql + " ?", List.of(value));
    }

    /** A time within one of the periods, or within none of them. */
    public static PilotCriterion within(PilotColumn column, List<Period> periods, boolean negated) {
        if (periods.isEmpty()) {
            return new PilotCriterion(negated ? "true" : "false", List.of());
        }
        String name = column.sqlName();
        List<Object> bounds = new ArrayList<>();
        periods.forEach(period -> Collections.addAll(bounds, period.start(), period.end()));
        String any = periods.stream()
                .map(period -> "(" + name + " >= ? and " + name + " < ?)")
                .collect(Collectors.joining(" or "));
        return new PilotCriterion((negated ? "not (" : "(") + any + ")", bounds);
    }

    /** Handed one of the jobs at some time. */
    public static PilotCriterion ofJobs(List<Long> jobs) {
        String marks = String.join(", ", Collections.nCopies(jobs.size(), "?"));
        return jobs.isEmpty()
                ? new PilotCriterion("false", List.of())
                : new PilotCriterion(
                        "stamp in (select pilot_stamp from wms.pilot_job where job_id in (" + marks + "))", jobs);
    }

    /** The text after {@code where}. */
    static String where(List<PilotCriterion> criteria) {
        return criteria.isEmpty()
                ? "true"
                : criteria.stream().map(criterion -> criterion.sql).collect(Collectors.joining(" and "));
    }

    /** Binds the values in the order of the text. */
    static SqlStatement bind(List<PilotCriterion> criteria, SqlStatement statement) {
        criteria.forEach(criterion -> criterion.values.forEach(value -> bind(statement, value)));
        return statement;
    }

    private static void bind(SqlStatement statement, Object value) {
        if (value instanceof String text) {
            statement.text(text);
        } else if (value instanceof Long number) {
            statement.number(number.longValue());
        } else if (value instanceof Double real) {
            statement.number(real.doubleValue());
        } else if (value instanceof Boolean truth) {
            statement.truth(truth);
        } else if (value instanceof Instant time) {
            statement.instant(time);
        } else {
            throw new IllegalArgumentException(
                    "No column holds a " + value.getClass().getSimpleName());
        }
    }
}
