/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.configuration;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.diracee.kernel.value.VoName;
import org.jspecify.annotations.Nullable;

/**
 * Immutable snapshot of one revision of the configuration: a tree of sections whose leaves are texts, where a list is its items
 * separated by commas. A path names its sections separated by slashes, for instance {@code Operations/demo/JobDescription/MaxPriority}.
 */
public final class Configuration {

    private static final String OPERATIONS = "Operations/";
    private static final String DEFAULTS = "Defaults";

    private final long revision;
    private final Map<String, Object> tree;

    /**
     * @param revision number of the revision, ascending
     * @param tree sections as maps; leaves as text, or as number, boolean, or list of those, which become texts
     */
    public Configuration(long revision, Map<String, ?> tree) {
        this.revision = revision;
        this.tree = frozen(tree);
    }

    public long revision() {
        return revision;
    }

    /** The text at this path, if there is an option. */
    public Optional<String> option(String path) {
        return find(path) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** The items at this path, the text split at commas; empty if there is no such option. */
    public List<String> list(String path) {
        return option(path).stream()
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    /** Names of the sections and options directly under this path, in document order; empty if there is no section. */
    public List<String> names(String path) {
        return find(path) instanceof Map<?, ?> section
                ? section.keySet().stream().map(String::valueOf).toList()
                : List.of();
    }

    public boolean hasSection(String path) {
        return find(path) instanceof Map;
    }

    /** An option of Operations: the VO's own value over the default for all VOs. */
    public Optional<String> operation(VoName vo, String path) {
        return option(OPERATIONS + vo + "/" + path).or(() -> option(OPERATIONS + DEFAULTS + "/" + path));
    }

    /** A list of Operations: the VO's own value over the default for all VOs. */
    public List<String> operations(VoName vo, String path) {
        String own = OPERATIONS + vo + "/" + path;
        return option(own).isPresent() ? list(own) : list(OPERATIONS + DEFAULTS + "/" + path);
    }

    /** The whole tree, unmodifiable. */
    public Map<String, Object> tree() {
        return tree;
    }

    private @Nullable Object find(String path) {
        Object here = tree;
        for (String name : path.split("/", -1)) {
            if (!(here instanceof Map<?, ?> section)) {
                return null;
            }
            here = section.get(name);
        }
        return here;
    }

    private static Map<String, Object> frozen(Map<?, ?> section) {
        Map<String, Object> copy = new LinkedHashMap<>();
        section.forEach((name, value) ->
                copy.put(String.valueOf(name), value instanceof Map<?, ?> sub ? frozen(sub) : text(value)));
        return Collections.unmodifiableMap(copy);
    }

    private static String text(@Nullable Object value) {
        return value instanceof List<?> items
                ? items.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : String.valueOf(value);
    }
}
