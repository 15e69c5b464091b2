/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.configuration;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.kernel.value.VoName;
import org.jspecify.annotations.Nullable;

/**
 * Immutable snapshot of one revision of the configuration: a tree of sections whose leaves are texts or lists of texts.
 * A path names its sections separated by slashes, for instance {@code Operations/demo/JobDescription/MaxPriority}.
 */
public final class Configuration {

    private static final String OPERATIONS = "Operations/";
    private static final String DEFAULTS = "Defaults";

    private final long revision;
    private final Map<String, Object> tree;

    /**
     * @param revision number of the revision, ascending
     * @param tree sections as maps; leaves as text, number, boolean, or lists of those
     */
    public Configuration(long revision, Map<String, ?> tree) {
        this.revision = revision;
        this.tree = frozen(tree);
    }

    public long revision() {
        return revision;
    }

    /** The text at this path, if there is an option; a list gives its items separated by comma and blank. */
    public Optional<String> option(String path) {
        Object found = find(path);
        if (found instanceof List<?> list) {
            List<String> texts = new ArrayList<>();
            list.forEach(item -> texts.add(String.valueOf(item)));
            return Optional.of(String.join(", ", texts));
        }
        return found == null || found instanceof Map ? Optional.empty() : Optional.of(found.toString());
    }

    /** The items at this path: a list as it stands, a text split at commas; empty if there is no such option. */
    public List<String> list(String path) {
        Object found = find(path);
        List<String> items = new ArrayList<>();
        if (found instanceof List<?> list) {
            list.forEach(item -> items.add(String.valueOf(item)));
        } else if (found != null && !(found instanceof Map)) {
            for (String item : found.toString().split(",", -1)) {
                if (!item.isBlank()) {
                    items.add(item.strip());
                }
            }
        }
        return List.copyOf(items);
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
        section.forEach((name, value) -> copy.put(
                String.valueOf(name),
                value instanceof Map<?, ?> sub
                        ? frozen(sub)
                        : value instanceof List<?> list ? List.copyOf(list) : value));
        return Collections.unmodifiableMap(copy);
    }
}
