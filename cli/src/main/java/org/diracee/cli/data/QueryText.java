/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diracee.cli.CommandFailure;

/**
 * Conditions on metadata as one types them: {@code run=1,2}, {@code quality>=0.5}, {@code label=raw*}, {@code kind=Missing}. What is
 * quoted is meant literally.
 */
final class QueryText {

    private static final Pattern FORM =
            Pattern.compile("([A-Za-z_][A-Za-z0-9_.-]*)(!=|>=|<=|=|>|<)(.+)", Pattern.DOTALL);
    private static final Pattern ITEM = Pattern.compile("\\G(?:\"([^\"]*)\"|'([^']*)'|([^,\"']*))(,|$)");

    private QueryText() {}

    /** A value, and whether it was quoted. */
    private record Item(String text, boolean quoted) {}

    /** The query in the form that goes over the wire. */
    static Map<String, Object> query(List<String> conditions) {
        Map<String, Object> query = new LinkedHashMap<>();
        for (String condition : conditions) {
            Matcher parts = FORM.matcher(condition);
            if (!parts.matches()) {
                throw CommandFailure.usage("'" + condition + "' is no condition: write NAME=VALUE, with one of"
                        + " = != > < >= <= between.");
            }
            String name = parts.group(1);
            List<Item> items = items(condition, parts.group(3));
            add(query, condition, name, parts.group(2), items);
        }
        return query;
    }

    private static void add(
            Map<String, Object> query, String condition, String name, String operator, List<Item> items) {
        Item first = items.get(0);
        boolean isWord = items.size() == 1
                && operator.equals("=")
                && !first.quoted()
                && (first.text().equals("Any") || first.text().equals("Missing"));
        Map<String, Object> operators = new LinkedHashMap<>();
        if (query.get(name) instanceof Map<?, ?> before) {
            before.forEach((key, value) -> operators.put(String.valueOf(key), value));
        } else if (query.containsKey(name)) {
            throw CommandFailure.usage("'" + condition + "': there is another condition on " + name + " already.");
        }
        if (isWord) {
            if (!operators.isEmpty()) {
                throw CommandFailure.usage("'" + condition + "': there is another condition on " + name + " already.");
            }
            query.put(name, first.text());
            return;
        }
        boolean isLiteral = items.size() > 1 || first.quoted();
        Object operand = isLiteral ? items.stream().map(Item::text).toList() : first.text();
        String wire = operator;
        if (operator.equals("=") && isLiteral) {
            wire = "in";
        } else if (operator.equals("!=") && isLiteral) {
            wire = "nin";
        } else if (isLiteral) {
            if (items.size() > 1) {
                throw CommandFailure.usage("'" + condition + "': " + operator + " takes one value, no list.");
            }
            operand = first.text();
        }
        if (operators.put(wire, operand) != null) {
            throw CommandFailure.usage(
                    "'" + condition + "': there is another condition with " + operator + " on " + name + " already.");
        }
        query.put(name, operators);
    }

    private static List<Item> items(String condition, String text) {
        List<Item> items = new ArrayList<>();
        Matcher matcher = ITEM.matcher(text);
        int end = 0;
        while (end <= text.length() && matcher.find()) {
            boolean quoted = matcher.group(3) == null;
            String item = quoted ? (matcher.group(1) == null ? matcher.group(2) : matcher.group(1)) : matcher.group(3);
            items.add(new Item(item, quoted));
            end = matcher.end();
            if (matcher.group(4).isEmpty()) {
                break;
            }
        }
        if (items.isEmpty()
                || end < text.length()
                || items.stream().anyMatch(item -> item.text().isEmpty())) {
            throw CommandFailure.usage("'" + condition + "': allowed is a value or several with commas between, quoted"
                    + " where they have commas or quotes themselves.");
        }
        return items;
    }
}
