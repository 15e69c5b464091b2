/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.jdl;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Named values in the order they were written, between brackets; a whole job description is one. Names are found in any case,
 * kept as written, and cannot differ in case alone. Two records are equal if they have the same names, as written, and values in
 * the same order.
 */
public final class JdlRecord implements JdlValue {

    private static final JdlRecord EMPTY = new JdlRecord(List.of(), Map.of());

    private final List<JdlAttribute> attributes;
    private final Map<String, Integer> places;
    private final int depth;

    private JdlRecord(List<JdlAttribute> attributes, Map<String, Integer> places) {
        this.attributes = attributes;
        this.places = places;
        this.depth = 1
                + attributes.stream()
                        .mapToInt(attribute -> attribute.value().depth())
                        .max()
                        .orElse(0);
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("JDL values nest at most " + MAX_DEPTH + " levels deep");
        }
    }

    public static JdlRecord empty() {
        return EMPTY;
    }

    /** @throws IllegalArgumentException if two names are equal but for case, or the values nest too deep */
    public static JdlRecord of(Collection<JdlAttribute> attributes) {
        if (attributes.isEmpty()) {
            return EMPTY;
        }
        List<JdlAttribute> copy = List.copyOf(attributes);
        Map<String, Integer> places = new HashMap<>(copy.size() * 2);
        for (JdlAttribute attribute : copy) {
            Integer earlier = places.putIfAbsent(key(attribute.name()), places.size());
            if (earlier != null) {
                throw new IllegalArgumentException("JDL attribute '%s' is given twice, first as '%s'"
                        .formatted(attribute.name(), copy.get(earlier).name()));
            }
        }
        return new JdlRecord(copy, places);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder that holds the attributes of this record. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        attributes.forEach(attribute -> builder.put(attribute.name(), attribute.value()));
        return builder;
    }

    public List<JdlAttribute> attributes() {
        return attributes;
    }

    /** Returns the attribute of this name in any case. */
    public Optional<JdlAttribute> attribute(String name) {
        Integer place = places.get(key(name));
        return place == null ? Optional.empty() : Optional.of(attributes.get(place));
    }

    /** Returns the value of the attribute of this name in any case. */
    public Optional<JdlValue> value(String name) {
        return attribute(name).map(JdlAttribute::value);
    }

    /** Returns the text of the attribute of this name in any case; empty too if its value is no text. */
    public Optional<String> text(String name) {
        return value(name).filter(JdlText.class::isInstance).map(value -> ((JdlText) value).value());
    }

    /** Returns the integer of the attribute of this name in any case; empty too if its value is no integer. */
    public Optional<Long> integer(String name) {
        return value(name).filter(JdlInteger.class::isInstance).map(value -> ((JdlInteger) value).value());
    }

    /** Returns the texts of a list, or the one text that stands for a list of one; empty if there is no such attribute. */
    public List<String> texts(String name) {
        return value(name)
                .map(value -> value instanceof JdlList list ? list.items() : List.of(value))
                .orElse(List.of())
                .stream()
                .filter(JdlText.class::isInstance)
                .map(item -> ((JdlText) item).value())
                .toList();
    }

    public boolean contains(String name) {
        return places.containsKey(key(name));
    }

    public boolean isEmpty() {
        return attributes.isEmpty();
    }

    public int size() {
        return attributes.size();
    }

    /** Returns this record with the attribute put in the place of the one of that name, or at the end. */
    public JdlRecord with(String name, JdlValue value) {
        return toBuilder().put(name, value).build();
    }

    /** Returns this record without the attribute of this name in any case. */
    public JdlRecord without(String name) {
        return contains(name) ? toBuilder().remove(name).build() : this;
    }

    @Override
    public int depth() {
        return depth;
    }

    @Override
    public String kind() {
        return "a record";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JdlRecord record && attributes.equals(record.attributes);
    }

    @Override
    public int hashCode() {
        return attributes.hashCode();
    }

    @Override
    public String toString() {
        return JdlPrinter.printInline(this);
    }

    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Collects the attributes of a record; an attribute put again keeps its place and takes the new spelling and value. */
    public static final class Builder {

        private final Map<String, JdlAttribute> attributes = new LinkedHashMap<>();

        private Builder() {}

        /** @throws IllegalArgumentException if {@code name} cannot be an attribute's name */
        public Builder put(String name, JdlValue value) {
            attributes.put(key(name), new JdlAttribute(name, value));
            return this;
        }

        public Builder put(String name, String text) {
            return put(name, new JdlText(text));
        }

        public Builder put(String name, long integer) {
            return put(name, new JdlInteger(integer));
        }

        public Builder put(String name, boolean truth) {
            return put(name, new JdlBoolean(truth));
        }

        public Builder put(String name, Collection<String> texts) {
            return put(name, JdlList.ofTexts(texts));
        }

        public Builder remove(String name) {
            attributes.remove(key(name));
            return this;
        }

        public JdlRecord build() {
            return of(new ArrayList<>(attributes.values()));
        }
    }
}
