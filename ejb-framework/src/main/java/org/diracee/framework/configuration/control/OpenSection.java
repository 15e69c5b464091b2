/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A section that a reader has not yet seen the end of. */
final class OpenSection {

    private final String path;
    private final List<String> comments;
    private final LinkedHashMap<String, ConfigurationEntry> entries = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new HashMap<>();
    private final Map<String, List<ConfigurationOption>> appended = new LinkedHashMap<>();
    private @Nullable String last;

    /** @param comments lines before the section; a reader may add to them until the section is closed */
    OpenSection(String path, List<String> comments) {
        this.path = path;
        this.comments = new ArrayList<>(comments);
    }

    String path() {
        return path;
    }

    /** The line of an entry, if there is one of this name; else null. */
    @Nullable
    Integer lineOf(String name) {
        return lines.get(name);
    }

    @Nullable
    ConfigurationEntry entry(String name) {
        return entries.get(name);
    }

    /** The entry that was added last, or null. */
    @Nullable
    ConfigurationEntry lastEntry() {
        return last == null ? null : entries.get(last);
    }

    void put(String name, ConfigurationEntry entry, int line) {
        entries.put(name, entry);
        lines.putIfAbsent(name, line);
        last = name;
    }

    /** Adds the items and comments of a further option to one that exists. */
    void append(String name, ConfigurationOption known, ConfigurationOption more) {
        // joined at the end: a value that grows item by item would cost the square of its length
        appended.computeIfAbsent(name, first -> new ArrayList<>(List.of(known))).add(more);
    }

    private static ConfigurationOption joined(List<ConfigurationOption> parts) {
        return new ConfigurationOption(
                parts.stream()
                        .map(ConfigurationOption::value)
                        .filter(value -> !value.isEmpty())
                        .collect(Collectors.joining(", ")),
                parts.stream()
                        .map(ConfigurationOption::comment)
                        .filter(comment -> !comment.isEmpty())
                        .collect(Collectors.joining("\n")));
    }

    /** Exchanges the entry that was added last for one with other comments. */
    void replaceLast(ConfigurationEntry entry) {
        if (last != null) {
            entries.put(last, entry);
        }
    }

    void comment(List<String> more) {
        comments.addAll(more);
    }

    /** The section, with these lines after its last entry; nothing may be added any more. */
    ConfigurationSection close(List<String> closing) {
        appended.forEach((name, parts) -> entries.put(name, joined(parts)));
        return new ConfigurationSection(entries, text(comments), text(closing));
    }

    static String text(List<String> lines) {
        return String.join("\n", lines);
    }
}
