/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionPath;
import org.jspecify.annotations.Nullable;

/**
 * The patterns of all options as a tree of names, so that a configuration is compared with it in one walk, whatever the number of
 * patterns. A place in the configuration is known by the nodes it may mean, the most specific first.
 */
final class OptionTree {

    private static final String ANYTHING_BELOW = "**";
    /** The names in Registry that no VO can have. */
    static final Set<String> RESERVED = Set.of("Users", "Groups", "Hosts", "VO");

    private static final Map<String, Predicate<String>> NARROW =
            Map.of("{vo}", name -> !RESERVED.contains(name), "{grid}", name -> name.indexOf('.') < 0);

    private final Node root = new Node();

    /**
     * Adds an option that is acted on.
     *
     * @throws IllegalStateException if it is declared already; that is a mistake in the program
     */
    void add(DeclaredOption<?> option) {
        for (String variant : option.path().variants()) {
            Node node = node(variant);
            if (node.declaration != null) {
                throw new IllegalStateException(variant + " is declared twice");
            }
            node.declaration = option;
            int slash = variant.lastIndexOf('/');
            (slash < 0 ? root : node(variant.substring(0, slash))).isOwned = true;
        }
    }

    /** Adds an option or an open subtree that is known of. */
    void add(OptionPath known) {
        for (String variant : known.variants()) {
            node(variant).known = true;
        }
    }

    /** Where a walk begins. */
    List<Node> start() {
        return List.of(root);
    }

    /** What the section or option of this name may mean under a place; empty if nothing of this name is known there. */
    List<Node> under(List<Node> place, String name) {
        List<Node> named = new ArrayList<>(2);
        List<Node> open = new ArrayList<>(2);
        boolean isOwned = place.stream().anyMatch(node -> node.isOwned);
        for (Node node : place) {
            Node literal = node.literals.get(name);
            if (literal != null) {
                named.add(literal);
            }
        }
        for (Node node : place) {
            node.placeholders.forEach((placeholder, child) -> {
                if (NARROW.getOrDefault(placeholder, any -> true).test(name)) {
                    named.add(child);
                }
            });
            if (node.isOpen && (node.isOwned || !isOwned)) {
                open.add(node);
            }
        }
        named.addAll(open);
        return named;
    }

    private Node node(String variant) {
        Node here = root;
        for (String name : variant.split("/", -1)) {
            if (name.equals(ANYTHING_BELOW)) {
                here.isOpen = true;
            } else if (name.startsWith("{")) {
                here = here.placeholders.computeIfAbsent(name, none -> new Node());
            } else {
                here = here.literals.computeIfAbsent(name, none -> new Node());
            }
        }
        return here;
    }

    /** One place of the patterns. */
    static final class Node {

        private final Map<String, Node> literals = new LinkedHashMap<>();
        private final Map<String, Node> placeholders = new LinkedHashMap<>();
        private boolean isOpen;

        /** Whether options of this very section are acted on; then a pattern for anything does not cover slips in it. */
        private boolean isOwned;

        private boolean known;
        private @Nullable DeclaredOption<?> declaration;

        /** Whether an option may stand here. */
        boolean isOption() {
            return declaration != null || known || isOpen;
        }

        /** Whether a section may stand here. */
        boolean isSection() {
            return isOpen || !literals.isEmpty() || !placeholders.isEmpty();
        }

        @Nullable
        DeclaredOption<?> declaration() {
            return declaration;
        }

        /** The names that are known below, without placeholders. */
        Set<String> names() {
            return new LinkedHashSet<>(literals.keySet());
        }
    }
}
