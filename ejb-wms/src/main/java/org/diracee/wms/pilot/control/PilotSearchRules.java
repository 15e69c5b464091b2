/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.control;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.diracee.wms.pilot.boundary.PilotQuery;
import org.diracee.wms.pilot.entity.PilotColumn;
import org.diracee.wms.pilot.entity.PilotCriterion;
import org.diracee.wms.pilot.entity.PilotCriterion.Comparison;
import org.diracee.wms.pilot.entity.PilotSearchRepository;

/**
 * Reads searches for pilots.
 *
 * @see "DiracX REST reference 6"
 */
public final class PilotSearchRules {

    private static final String JOB_ID = "JobID";
    private static final int LONGEST_PATTERN = 1_000;
    private static final String KNOWN =
            Arrays.stream(PilotColumn.values()).map(PilotColumn::diracName).collect(Collectors.joining(", "));
    private static final String COUNTED = Arrays.stream(PilotColumn.values())
            .filter(PilotColumn::isCounted)
            .map(PilotColumn::diracName)
            .collect(Collectors.joining(", "));
    private static final Set<String> OPERATORS =
            Set.of("eq", "neq", "gt", "lt", "like", "not like", "regex", "in", "not in");

    private PilotSearchRules() {}

    /** The columns of an answer, in the order of the table; none asked for: all. */
    public static Set<PilotColumn> columns(List<String> names) {
        Set<PilotColumn> columns = EnumSet.noneOf(PilotColumn.class);
        List<String> unknown = new ArrayList<>();
        for (String name : names) {
            PilotColumn.named(name).ifPresentOrElse(columns::add, () -> unknown.add(name));
        }
        if (!unknown.isEmpty()) {
            throw new InvalidPilotSearch(
                    "parameters",
                    "Unrecognised parameters requested: " + String.join(", ", unknown) + "; known are " + KNOWN);
        }
        return columns.isEmpty() ? EnumSet.allOf(PilotColumn.class) : columns;
    }

    /** The order of an answer; with equal rows only once it can only be by columns that are shown. */
    public static List<PilotSearchRepository.Order> orders(PilotQuery query, Set<PilotColumn> shown) {
        List<PilotSearchRepository.Order> orders = new ArrayList<>();
        for (int index = 0; index < query.orders().size(); index++) {
            PilotQuery.Order order = query.orders().get(index);
            String field = "sort[" + index + "].parameter";
            PilotColumn column = column(order.parameter(), field);
            if (query.distinct() && !shown.contains(column)) {
                throw new InvalidPilotSearch(
                        field, order.parameter() + " must be one of the parameters if distinct is true");
            }
            orders.add(new PilotSearchRepository.Order(column, order.descending()));
        }
        return orders;
    }

    /** What the filters ask for. */
    public static List<PilotCriterion> criteria(List<PilotQuery.Filter> filters) {
        Set<String> asked = filters.stream().map(PilotQuery.Filter::parameter).collect(Collectors.toSet());
        if (asked.contains(JOB_ID) && asked.contains(PilotColumn.PILOT_ID.diracName())) {
            throw new InvalidPilotSearch("search", "JobID and PilotID cannot both be asked for");
        }
        List<PilotCriterion> criteria = new ArrayList<>();
        for (int index = 0; index < filters.size(); index++) {
            criteria.add(new Condition("search[" + index + "]", filters.get(index)).criterion());
        }
        return criteria;
    }

    /** The columns that series of a history are told apart by; none asked for: all pilots are one. */
    public static Set<PilotColumn> counted(List<String> grouping, List<PilotQuery.Filter> filters) {
        for (int index = 0; index < filters.size(); index++) {
            counted(filters.get(index).parameter(), "search[" + index + "].parameter");
        }
        Set<PilotColumn> columns = EnumSet.noneOf(PilotColumn.class);
        for (int index = 0; index < grouping.size(); index++) {
            columns.add(counted(grouping.get(index), "grouping[" + index + "]"));
        }
        return columns;
    }

    private static PilotColumn counted(String name, String field) {
        return PilotColumn.named(name)
                .filter(PilotColumn::isCounted)
                .orElseThrow(() -> new InvalidPilotSearch(
                        field, "'" + name + "' is not in the history of pilots; known are " + COUNTED));
    }

    private static PilotColumn column(String name, String field) {
        return PilotColumn.named(name)
                .orElseThrow(() -> new InvalidPilotSearch(field, "Unknown column '" + name + "'; known are " + KNOWN));
    }

    /** One filter and where it stands in the search. */
    private record Condition(String field, PilotQuery.Filter filter) {

        PilotCriterion criterion() {
            String operator = filter.operator();
            if (!OPERATORS.contains(operator)) {
                throw new InvalidPilotSearch(
                        field + ".operator",
                        "'" + operator + "' is unknown; known are eq, neq, gt, lt, like, not like, regex, in, not in");
            }
            if (filter.parameter().equals(JOB_ID)) {
                requireUsable(Set.of("eq", "in"), "eq, in");
                return PilotCriterion.ofJobs(numbers("a whole number", Long::valueOf));
            }
            PilotColumn column = column(filter.parameter(), field + ".parameter");
            return switch (column.kind()) {
                case TEXT -> text(column);
                case NUMBER -> compared(column, numbers("a whole number", Long::valueOf));
                case REAL -> compared(column, numbers("a number", Double::valueOf));
                case TIME -> time(column);
                case TRUTH -> truth(column);
            };
        }

        private PilotCriterion text(PilotColumn column) {
            String first = given().stream().findFirst().orElse("");
            return switch (filter.operator()) {
                case "gt" -> PilotCriterion.compared(column, Comparison.ABOVE, first);
                case "lt" -> PilotCriterion.compared(column, Comparison.BELOW, first);
                case "like" -> PilotCriterion.compared(column, Comparison.LIKE, pattern(first));
                case "not like" -> PilotCriterion.compared(column, Comparison.NOT_LIKE, pattern(first));
                case "regex" -> PilotCriterion.compared(column, Comparison.REGEX, pattern(first));
                default -> PilotCriterion.in(column, given(), isNegated());
            };
        }

        private PilotCriterion compared(PilotColumn column, List<? extends Number> numbers) {
            requireUsable(Set.of("eq", "neq", "gt", "lt", "in", "not in"), "eq, neq, gt, lt, in, not in");
            return switch (filter.operator()) {
                case "gt" -> PilotCriterion.compared(column, Comparison.ABOVE, numbers.get(0));
                case "lt" -> PilotCriterion.compared(column, Comparison.BELOW, numbers.get(0));
                default -> PilotCriterion.in(column, numbers, isNegated());
            };
        }

        private PilotCriterion time(PilotColumn column) {
            requireUsable(Set.of("eq", "neq", "gt", "lt", "in", "not in"), "eq, neq, gt, lt, in, not in");
            List<SearchedPeriod> periods = given().stream()
                    .map(text -> SearchedPeriod.parse(text).orElseThrow(() -> wrong(text, SearchedPeriod.ALLOWED)))
                    .toList();
            if (periods.stream().map(SearchedPeriod::precision).distinct().count() > 1) {
                throw new InvalidPilotSearch(field + ".values", "the times must all have the same precision");
            }
            return switch (filter.operator()) {
                case "gt" ->
                    PilotCriterion.compared(
                            column, Comparison.FROM, periods.get(0).period().end());
                case "lt" ->
                    PilotCriterion.compared(
                            column, Comparison.BELOW, periods.get(0).period().start());
                default ->
                    PilotCriterion.within(
                            column, periods.stream().map(SearchedPeriod::period).toList(), isNegated());
            };
        }

        private PilotCriterion truth(PilotColumn column) {
            requireUsable(Set.of("eq", "neq"), "eq, neq");
            String text = given().get(0);
            boolean value =
                    switch (text) {
                        case "true", "True", "1" -> true;
                        case "false", "False", "0" -> false;
                        default -> throw wrong(text, "true or false");
                    };
            return PilotCriterion.in(column, List.of(value), isNegated());
        }

        /** The values that the operator looks at. */
        private List<String> given() {
            boolean list = filter.operator().endsWith("in");
            Optional<List<String>> given =
                    list ? filter.values() : filter.value().map(List::of);
            List<String> values = given.orElseThrow(() -> new InvalidPilotSearch(
                    field + (list ? ".values" : ".value"),
                    "missing; the operator '" + filter.operator() + "' needs " + (list ? "a list" : "one value")));
            if (values.stream().anyMatch(text -> text.indexOf('\0') >= 0)) {
                throw new InvalidPilotSearch(field, "a value has the character NUL, which no column can hold");
            }
            return values;
        }

        private <N extends Number> List<N> numbers(String allowed, Function<String, N> reader) {
            return given().stream()
                    .map(text -> {
                        try {
                            return reader.apply(text);
                        } catch (NumberFormatException notANumber) {
                            throw wrong(text, allowed);
                        }
                    })
                    .toList();
        }

        private String pattern(String pattern) {
            if (pattern.length() > LONGEST_PATTERN) {
                throw wrong(pattern.substring(0, 20) + "…", "a pattern of " + LONGEST_PATTERN + " characters at most");
            }
            // SQL's escape character at the very end escapes nothing and would be an error of the database
            int escapes = pattern.length() - pattern.replaceAll("\\\\+$", "").length();
            if (escapes % 2 == 1) {
                throw wrong(pattern, "a pattern that does not end in a single backslash");
            }
            return pattern;
        }

        private boolean isNegated() {
            return filter.operator().startsWith("n");
        }

        private void requireUsable(Set<String> usable, String names) {
            if (!usable.contains(filter.operator())) {
                throw new InvalidPilotSearch(
                        field + ".operator",
                        "'" + filter.operator() + "' cannot be used with " + filter.parameter() + "; usable are "
                                + names);
            }
        }

        private InvalidPilotSearch wrong(String text, String allowed) {
            return new InvalidPilotSearch(
                    field, "'" + text + "' is no value of " + filter.parameter() + "; allowed is " + allowed);
        }
    }
}
