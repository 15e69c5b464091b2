/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.control;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.diracee.wms.job.control.TimePeriods.PrecisePeriod;
import org.diracee.wms.job.entity.JobColumn;
import org.diracee.wms.job.entity.JobCondition;
import org.diracee.wms.job.entity.JobCondition.TextComparison;
import org.diracee.wms.job.entity.JobOrder;

/**
 * What a search may ask for: turns the words of a client into columns and conditions.
 *
 * @see "DiracX REST reference 6"
 */
public final class SearchRules {

    /** Stands for the jobs that a pilot got. */
    public static final String PILOT_STAMP = "PilotStamp";

    /** Stands for the log of each job. */
    public static final String LOGGING_INFO = "LoggingInfo";

    private static final int LONGEST_PATTERN = 1_000;
    private static final String KNOWN =
            Arrays.stream(JobColumn.values()).map(JobColumn::diracName).collect(Collectors.joining(", "));

    private SearchRules() {}

    /**
     * The columns of an answer; {@link #LOGGING_INFO} is none of them, but needs the job's id beside other columns.
     *
     * @param parameters the names asked for; none: all columns
     */
    public static Set<JobColumn> columns(Optional<List<String>> parameters) {
        List<String> names = parameters.orElse(List.of());
        Set<JobColumn> columns = EnumSet.noneOf(JobColumn.class);
        List<String> unknown = new ArrayList<>();
        for (String name : names) {
            Optional<JobColumn> column = JobColumn.named(name);
            column.ifPresent(columns::add);
            if (column.isEmpty() && !name.equals(LOGGING_INFO)) {
                unknown.add(name);
            }
        }
        if (!unknown.isEmpty()) {
            throw new InvalidSearch(
                    "parameters",
                    "Unrecognised parameters requested: " + String.join(", ", unknown) + "; known are " + KNOWN
                            + " and " + LOGGING_INFO);
        }
        if (columns.isEmpty()) {
            return EnumSet.allOf(JobColumn.class);
        }
        if (names.contains(LOGGING_INFO)) {
            columns.add(JobColumn.JOB_ID);
        }
        return columns;
    }

    /** The columns of a summary. */
    public static List<JobColumn> grouping(List<String> names) {
        if (names.isEmpty()) {
            return List.of(JobColumn.values());
        }
        List<JobColumn> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add(column(names.get(i), "grouping[" + i + "]"));
        }
        return columns.stream().distinct().toList();
    }

    /** The order of an answer; with equal rows only once it can only be by columns that are shown. */
    public static JobOrder order(
            String parameter, boolean descending, int index, Set<JobColumn> shown, boolean distinct) {
        String field = "sort[" + index + "].parameter";
        JobColumn column = column(parameter, field);
        if (distinct && !shown.contains(column)) {
            throw new InvalidSearch(field, parameter + " must be one of the parameters if distinct is true");
        }
        return new JobOrder(column, descending);
    }

    /**
     * One condition of a search. The operator decides which of {@code value} and {@code values} counts.
     *
     * @param index position in the search, for the message
     */
    public static JobCondition condition(
            int index, String parameter, String operatorText, Optional<String> value, Optional<List<String>> values) {
        String field = "search[" + index + "]";
        SearchOperator operator = SearchOperator.ofText(operatorText)
                .orElseThrow(() -> new InvalidSearch(
                        field + ".operator", "'" + operatorText + "' is unknown; known are " + SearchOperator.ALL));
        List<String> given = given(operator, value, values, field);
        if (parameter.equals(PILOT_STAMP)) {
            if (operator != SearchOperator.EQ && operator != SearchOperator.IN) {
                throw unusable(field, parameter, operator, "eq, in");
            }
            return new JobCondition.OfPilots(given);
        }
        JobColumn column = column(parameter, field + ".parameter");
        return switch (column.kind()) {
            case TEXT -> text(column, operator, given, field);
            case NUMBER -> number(column, operator, given, field);
            case TIME -> time(column, operator, given, field);
            case TRUTH -> truth(column, operator, given, field);
        };
    }

    /** Refuses a search by pilot and by job id at once. */
    public static void requireOneKey(List<JobCondition> conditions) {
        boolean byPilot = conditions.stream().anyMatch(JobCondition.OfPilots.class::isInstance);
        boolean byId = conditions.stream()
                .anyMatch(condition ->
                        condition instanceof JobCondition.Numbers numbers && numbers.column() == JobColumn.JOB_ID
                                || condition instanceof JobCondition.NumberCompared compared
                                        && compared.column() == JobColumn.JOB_ID);
        if (byPilot && byId) {
            throw new InvalidSearch("search", PILOT_STAMP + " and JobID cannot both be asked for");
        }
    }

    /** What to say about a regular expression that the database does not understand. */
    public static InvalidSearch brokenRegex(int index, String parameter, String regex) {
        return new InvalidSearch(
                "search[" + index + "].value",
                "'" + regex + "' for " + parameter + " is no regular expression; allowed are those of PostgreSQL");
    }

    private static List<String> given(
            SearchOperator operator, Optional<String> value, Optional<List<String>> values, String field) {
        List<String> given = operator.takesList() ? list(operator, values, field) : single(operator, value, field);
        if (given.stream().anyMatch(text -> text.indexOf('\0') >= 0)) {
            throw new InvalidSearch(field, "a value has the character NUL, which no column can hold");
        }
        return given;
    }

    private static List<String> list(SearchOperator operator, Optional<List<String>> values, String field) {
        return values.orElseThrow(() ->
                new InvalidSearch(field + ".values", "missing; the operator '" + operator.text() + "' needs a list"));
    }

    private static List<String> single(SearchOperator operator, Optional<String> value, String field) {
        return List.of(value.orElseThrow(() -> new InvalidSearch(
                field + ".value", "missing; the operator '" + operator.text() + "' needs one value")));
    }

    private static JobCondition text(JobColumn column, SearchOperator operator, List<String> given, String field) {
        return switch (operator) {
            case EQ, NEQ, IN, NOT_IN -> new JobCondition.Texts(column, given, operator.isNegated());
            case GT -> new JobCondition.TextCompared(column, TextComparison.AFTER, given.get(0));
            case LT -> new JobCondition.TextCompared(column, TextComparison.BEFORE, given.get(0));
            case LIKE -> new JobCondition.TextCompared(column, TextComparison.LIKE, pattern(given.get(0), field));
            case NOT_LIKE ->
                new JobCondition.TextCompared(column, TextComparison.NOT_LIKE, pattern(given.get(0), field));
            case REGEX -> new JobCondition.TextCompared(column, TextComparison.REGEX, pattern(given.get(0), field));
        };
    }

    private static String pattern(String pattern, String field) {
        if (pattern.length() > LONGEST_PATTERN) {
            throw new InvalidSearch(
                    field + ".value",
                    "a pattern of " + pattern.length() + " characters; allowed are " + LONGEST_PATTERN);
        }
        // SQL's escape character at the very end escapes nothing and would be an error of the database
        int escapes = pattern.length() - pattern.replaceAll("\\\\+$", "").length();
        if (escapes % 2 == 1) {
            throw new InvalidSearch(field + ".value", "a pattern cannot end in a single backslash");
        }
        return pattern;
    }

    private static JobCondition number(JobColumn column, SearchOperator operator, List<String> given, String field) {
        List<Long> numbers = new ArrayList<>();
        for (String text : given) {
            try {
                numbers.add(Long.parseLong(text));
            } catch (NumberFormatException notANumber) {
                throw wrongValue(field, operator, column, text, "a whole number");
            }
        }
        return switch (operator) {
            case EQ, NEQ, IN, NOT_IN -> new JobCondition.Numbers(column, numbers, operator.isNegated());
            case GT, LT -> new JobCondition.NumberCompared(column, operator == SearchOperator.GT, numbers.get(0));
            case LIKE, NOT_LIKE, REGEX ->
                throw unusable(field, column.diracName(), operator, "eq, neq, gt, lt, in, not in");
        };
    }

    private static JobCondition time(JobColumn column, SearchOperator operator, List<String> given, String field) {
        if (!operator.isMembership() && operator != SearchOperator.GT && operator != SearchOperator.LT) {
            throw unusable(field, column.diracName(), operator, "eq, neq, gt, lt, in, not in");
        }
        List<PrecisePeriod> periods = given.stream()
                .map(text -> TimePeriods.parse(text)
                        .orElseThrow(() -> wrongValue(field, operator, column, text, TimePeriods.ALLOWED)))
                .toList();
        if (periods.stream().map(PrecisePeriod::precision).distinct().count() > 1) {
            throw new InvalidSearch(
                    field + ".values", "the times of " + column.diracName() + " must all have the same precision");
        }
        return switch (operator) {
            case GT ->
                new JobCondition.NotBefore(column, periods.get(0).period().end());
            case LT -> new JobCondition.Before(column, periods.get(0).period().start());
            default ->
                new JobCondition.Within(
                        column, periods.stream().map(PrecisePeriod::period).toList(), operator.isNegated());
        };
    }

    private static JobCondition truth(JobColumn column, SearchOperator operator, List<String> given, String field) {
        if (operator != SearchOperator.EQ && operator != SearchOperator.NEQ) {
            throw unusable(field, column.diracName(), operator, "eq, neq");
        }
        boolean value =
                switch (given.get(0)) {
                    case "true", "True", "1" -> true;
                    case "false", "False", "0" -> false;
                    default -> throw wrongValue(field, operator, column, given.get(0), "true or false");
                };
        return new JobCondition.Truth(column, value != operator.isNegated());
    }

    private static JobColumn column(String name, String field) {
        return JobColumn.named(name)
                .orElseThrow(() -> new InvalidSearch(field, "Unknown column '" + name + "'; known are " + KNOWN));
    }

    private static InvalidSearch wrongValue(
            String field, SearchOperator operator, JobColumn column, String text, String allowed) {
        return new InvalidSearch(
                field + (operator.takesList() ? ".values" : ".value"),
                "'" + text + "' is no value of " + column.diracName() + "; allowed is " + allowed);
    }

    private static InvalidSearch unusable(String field, String parameter, SearchOperator operator, String usable) {
        return new InvalidSearch(
                field + ".operator",
                "'" + operator.text() + "' cannot be used with " + parameter + "; usable are " + usable);
    }
}
