/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.jdl;

import java.util.Collection;
import java.util.List;

/** Values in order, between braces; they may be of different kinds. */
public final class JdlList implements JdlValue {

    private static final JdlList EMPTY = new JdlList(List.of());

    private final List<JdlValue> items;
    private final int depth;

    private JdlList(List<JdlValue> items) {
        this.items = items;
        this.depth = 1 + items.stream().mapToInt(JdlValue::depth).max().orElse(0);
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("JDL values nest at most " + MAX_DEPTH + " levels deep");
        }
    }

    /** @throws IllegalArgumentException if the list would nest deeper than {@link #MAX_DEPTH} */
    public static JdlList of(Collection<? extends JdlValue> items) {
        return items.isEmpty() ? EMPTY : new JdlList(List.copyOf(items));
    }

    /** @throws IllegalArgumentException if the list would nest deeper than {@link #MAX_DEPTH} */
    public static JdlList of(JdlValue... items) {
        return of(List.of(items));
    }

    /** Makes the list of these texts. */
    public static JdlList ofTexts(Collection<String> texts) {
        return of(texts.stream().map(JdlText::new).toList());
    }

    public List<JdlValue> items() {
        return items;
    }

    public int size() {
        return items.size();
    }

    public boolean isEmpty() {
        return items.isEmpty();
    }

    @Override
    public int depth() {
        return depth;
    }

    @Override
    public String kind() {
        return "a list";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JdlList list && items.equals(list.items);
    }

    @Override
    public int hashCode() {
        return items.hashCode();
    }

    @Override
    public String toString() {
        return JdlPrinter.printInline(this);
    }
}
