/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.metadata.boundary;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;

/**
 * Conditions on metadata, of which all must be met.
 *
 * @see "DMS reference 3.7"
 */
public record MetadataQuery(List<Condition> conditions) {

    private static final int MOST_CONDITIONS = 100;
    private static final int MOST_VALUES = 1000;
    private static final String FORM =
            ": allowed is a value, a list, \"Any\", \"Missing\" or an object of the operators"
                    + " = != > < >= <= in nin";

    public MetadataQuery {
        conditions = List.copyOf(conditions);
        if (conditions.size() > MOST_CONDITIONS) {
            throw new InvalidRequest(
                    ErrorCode.TOO_MANY_ITEMS, conditions.size() + " conditions: allowed are " + MOST_CONDITIONS);
        }
    }

    /** How a condition compares. */
    public enum Operator {
        IN("in"),
        NOT_IN("nin"),
        GREATER(">"),
        LESS("<"),
        AT_LEAST(">="),
        AT_MOST("<="),
        ANY("Any"),
        MISSING("Missing");

        private final String text;

        Operator(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        /** Whether it tells less from more, of one value. */
        public boolean isOrdering() {
            return this == GREATER || this == LESS || this == AT_LEAST || this == AT_MOST;
        }
    }

    /**
     * What is asked of one field.
     *
     * @param values as text; none for any and missing
     * @param wildcards whether {@code *} and {@code ?} in the one value stand for other characters, in a text of a file
     */
    public record Condition(String key, Operator operator, List<String> values, boolean wildcards) {
        public Condition {
            values = List.copyOf(values);
        }
    }

    /**
     * The query that a JSON object says.
     *
     * @throws InvalidRequest if it says none
     */
    public static MetadataQuery of(Map<String, ?> object) {
        List<Condition> conditions = new ArrayList<>();
        object.forEach((key, value) -> {
            if (value instanceof Map<?, ?> operators) {
                if (operators.isEmpty()) {
                    throw new InvalidRequest("The condition on '" + key + "' is empty" + FORM);
                }
                List<Condition> own = new ArrayList<>();
                operators.forEach((operator, operand) -> own.add(condition(key, String.valueOf(operator), operand)));
                conditions.addAll(united(key, own));
            } else if ("Any".equals(value)) {
                conditions.add(new Condition(key, Operator.ANY, List.of(), false));
            } else if ("Missing".equals(value)) {
                conditions.add(new Condition(key, Operator.MISSING, List.of(), false));
            } else {
                conditions.add(condition(key, "=", value));
            }
        });
        return new MetadataQuery(conditions);
    }

    /** Whether it asks the same, in whatever order. */
    public boolean asks(MetadataQuery other) {
        return Set.copyOf(conditions).equals(Set.copyOf(other.conditions));
    }

    /** The same as the object of a JSON text. */
    public Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        for (Condition condition : conditions) {
            if (condition.values().isEmpty()) {
                object.put(condition.key(), condition.operator().text());
            } else {
                Object operand = condition.wildcards() || condition.operator().isOrdering()
                        ? condition.values().get(0)
                        : condition.values();
                @SuppressWarnings("unchecked")
                Map<String, Object> operators = (Map<String, Object>)
                        object.computeIfAbsent(condition.key(), key -> new LinkedHashMap<String, Object>());
                operators.put(condition.wildcards() ? "=" : condition.operator().text(), operand);
            }
        }
        return object;
    }

    /** The same with one list at most for each operator, as there is in JSON. */
    private static List<Condition> united(String key, List<Condition> conditions) {
        Set<String> excluded = new LinkedHashSet<>();
        List<Condition> united = new ArrayList<>();
        boolean list = false;
        for (Condition condition : conditions) {
            if (condition.operator() == Operator.NOT_IN) {
                excluded.addAll(condition.values());
                continue;
            }
            boolean another = condition.operator() == Operator.IN && !condition.wildcards();
            if (another && list) {
                throw new InvalidRequest(
                        "The condition on '" + key + "' has a list with = and one with in: allowed is one of them");
            }
            list |= another;
            united.add(condition);
        }
        if (!excluded.isEmpty()) {
            requireFew(key, excluded);
            united.add(new Condition(key, Operator.NOT_IN, List.copyOf(excluded), false));
        }
        return united;
    }

    private static void requireFew(String key, Collection<String> values) {
        if (values.isEmpty() || values.size() > MOST_VALUES) {
            throw new InvalidRequest(
                    ErrorCode.TOO_MANY_ITEMS,
                    "The condition on '" + key + "' has " + values.size() + " values: allowed are 1 to " + MOST_VALUES);
        }
    }

    private static Condition condition(String key, String operator, Object operand) {
        List<String> values = new ArrayList<>();
        if (operand instanceof Collection<?> list) {
            list.forEach(item -> values.add(text(key, item)));
            requireFew(key, values);
        } else {
            values.add(text(key, operand));
        }
        Operator known =
                switch (operator) {
                    case "=", "in" -> Operator.IN;
                    case "!=", "nin" -> Operator.NOT_IN;
                    case ">" -> Operator.GREATER;
                    case "<" -> Operator.LESS;
                    case ">=" -> Operator.AT_LEAST;
                    case "<=" -> Operator.AT_MOST;
                    default -> throw new InvalidRequest("'" + operator + "' on '" + key + "' is no operator" + FORM);
                };
        boolean isList = operand instanceof Collection<?>;
        if (isList && known.isOrdering()) {
            throw new InvalidRequest("The operator " + operator + " on '" + key + "' takes one value, no list");
        }
        return new Condition(key, known, values, !isList && operator.equals("="));
    }

    private static String text(String key, Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        throw new InvalidRequest("The condition on '" + key + "' is no value" + FORM);
    }
}
