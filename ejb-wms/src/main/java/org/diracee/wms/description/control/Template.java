/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diracee.kernel.jdl.JdlAttribute;
import org.diracee.kernel.jdl.JdlList;
import org.diracee.kernel.jdl.JdlRecord;
import org.diracee.kernel.jdl.JdlText;
import org.diracee.kernel.jdl.JdlValue;
import org.jspecify.annotations.Nullable;

/**
 * A value with the placeholders of a sweep in it: {@code %s}, {@code %(X)s} and {@code %n}. What is put in is not searched for
 * placeholders again.
 */
final class Template {

    /** The name under which the sequence without a name is known. */
    static final String UNNAMED = "";

    private static final Pattern PLACEHOLDER = Pattern.compile("%(?:\\(([A-Za-z0-9_.]+)\\)s|[sn])");

    private final Map<String, Integer> slots;
    private final Node root;
    private final int[] uses;
    private final boolean[] usedWithinText;
    private final Set<String> unknown = new TreeSet<>();
    private boolean numbered;

    /**
     * Prepares a value.
     *
     * @param slots the position of each sequence's item by its name in lower case
     */
    Template(JdlValue value, Map<String, Integer> slots) {
        this.slots = slots;
        this.uses = new int[slots.size()];
        this.usedWithinText = new boolean[slots.size()];
        this.root = node(value);
    }

    /** What stands in the place of placeholders in one job. */
    record Items(List<JdlValue> values, String number) {}

    /** Tells whether jobs of the sweep have different values. */
    boolean varies() {
        return !(root instanceof Fixed);
    }

    /** Returns how often the item at a position is put in. */
    int uses(int slot) {
        return uses[slot];
    }

    /** Tells whether the item at a position is put into a longer text, where no list can stand. */
    boolean usesWithinText(int slot) {
        return usedWithinText[slot];
    }

    /** Tells whether the number of the job is put in. */
    boolean isNumbered() {
        return numbered;
    }

    /** Returns the placeholders, as written, for which there is no sequence. */
    Set<String> unknown() {
        return unknown;
    }

    JdlValue fill(Items items) {
        return root.fill(items);
    }

    /** Finds the placeholders of a sweep in a value that is not part of one. */
    static Set<String> placeholders(JdlValue value) {
        return new Template(value, Map.of()).unknown;
    }

    private Node node(JdlValue value) {
        if (value instanceof JdlText text) {
            return text.value().indexOf('%') < 0 ? new Fixed(value) : textNode(text);
        }
        if (value instanceof JdlList list) {
            List<Node> nodes = list.items().stream().map(this::node).toList();
            return nodes.stream().allMatch(Fixed.class::isInstance) ? new Fixed(value) : new ListOf(nodes);
        }
        if (value instanceof JdlRecord record) {
            List<String> names =
                    record.attributes().stream().map(JdlAttribute::name).toList();
            List<Node> nodes = record.attributes().stream()
                    .map(attribute -> node(attribute.value()))
                    .toList();
            return nodes.stream().allMatch(Fixed.class::isInstance) ? new Fixed(value) : new RecordOf(names, nodes);
        }
        return new Fixed(value);
    }

    private Node textNode(JdlText text) {
        List<Piece> pieces = new ArrayList<>();
        Matcher placeholder = PLACEHOLDER.matcher(text.value());
        int done = 0;
        while (placeholder.find()) {
            Piece piece = piece(placeholder.group(), placeholder.group(1));
            if (piece != null) {
                if (placeholder.start() > done) {
                    pieces.add(new Literal(text.value().substring(done, placeholder.start())));
                }
                pieces.add(piece);
                done = placeholder.end();
            }
        }
        if (pieces.isEmpty()) {
            return new Fixed(text);
        }
        if (done < text.value().length()) {
            pieces.add(new Literal(text.value().substring(done)));
        }
        if (pieces.size() == 1 && pieces.get(0) instanceof Slot slot) {
            return new Whole(slot.position());
        }
        pieces.stream().filter(Slot.class::isInstance).forEach(slot -> usedWithinText[((Slot) slot).position()] = true);
        return new Mixed(pieces);
    }

    private @Nullable Piece piece(String placeholder, @Nullable String name) {
        if (placeholder.equals("%n") && !slots.isEmpty()) {
            numbered = true;
            return new Number();
        }
        Integer slot = slots.get(name == null ? UNNAMED : name.toLowerCase(Locale.ROOT));
        if (slot == null || placeholder.equals("%n")) {
            unknown.add(placeholder);
            return null;
        }
        uses[slot]++;
        return new Slot(slot);
    }

    private sealed interface Node permits Fixed, Whole, Mixed, ListOf, RecordOf {
        JdlValue fill(Items items);
    }

    private record Fixed(JdlValue value) implements Node {
        @Override
        public JdlValue fill(Items items) {
            return value;
        }
    }

    /** A text that is one placeholder: a list in its place stays a list. */
    private record Whole(int slot) implements Node {
        @Override
        public JdlValue fill(Items items) {
            JdlValue item = items.values().get(slot);
            return item instanceof JdlList || item instanceof JdlText
                    ? item
                    : new JdlText(AttributeType.scalar(item).orElseThrow());
        }
    }

    private record Mixed(List<Piece> pieces) implements Node {
        @Override
        public JdlValue fill(Items items) {
            StringBuilder text = new StringBuilder();
            pieces.forEach(piece -> piece.appendTo(text, items));
            return new JdlText(text.toString());
        }
    }

    /** A list; a list put in for one of its texts is put between the others. */
    private record ListOf(List<Node> nodes) implements Node {
        @Override
        public JdlValue fill(Items items) {
            List<JdlValue> filled = new ArrayList<>(nodes.size());
            for (Node node : nodes) {
                JdlValue value = node.fill(items);
                if (node instanceof Whole && value instanceof JdlList list) {
                    filled.addAll(list.items());
                } else {
                    filled.add(value);
                }
            }
            return JdlList.of(filled);
        }
    }

    private record RecordOf(List<String> names, List<Node> nodes) implements Node {
        @Override
        public JdlValue fill(Items items) {
            JdlRecord.Builder record = JdlRecord.builder();
            for (int i = 0; i < nodes.size(); i++) {
                record.put(names.get(i), nodes.get(i).fill(items));
            }
            return record.build();
        }
    }

    private sealed interface Piece permits Literal, Slot, Number {
        void appendTo(StringBuilder text, Items items);
    }

    private record Literal(String value) implements Piece {
        @Override
        public void appendTo(StringBuilder text, Items items) {
            text.append(value);
        }
    }

    private record Slot(int position) implements Piece {
        @Override
        public void appendTo(StringBuilder text, Items items) {
            text.append(AttributeType.scalar(items.values().get(position)).orElseThrow());
        }
    }

    private record Number() implements Piece {
        @Override
        public void appendTo(StringBuilder text, Items items) {
            text.append(items.number());
        }
    }
}
