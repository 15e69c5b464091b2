/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects edits of a document: every section is copied once at most, however many of its entries change. Not safe for use
 * by several threads.
 */
public final class ConfigurationEditor {

    private Draft root;

    ConfigurationEditor(ConfigurationSection root) {
        this.root = new Draft(root);
    }

    /** @see ConfigurationDocument#with(String, String) */
    public ConfigurationEditor set(String path, String value) {
        ConfigurationPath at = ConfigurationPath.of(path);
        Draft parent = parent(at);
        ConfigurationEntry known = parent.entries.get(at.name());
        if (known instanceof ConfigurationSection) {
            throw new InvalidConfiguration(at + " is a section and can have no value");
        }
        parent.put(at.name(), new ConfigurationOption(value, known == null ? "" : known.comment()));
        return this;
    }

    /** @see ConfigurationDocument#with(String, ConfigurationEntry) */
    public ConfigurationEditor put(String path, ConfigurationEntry entry) {
        ConfigurationPath at = ConfigurationPath.of(path);
        int depth = at.names().size() + depth(entry);
        if (depth > ConfigurationPath.MAX_DEPTH) {
            throw new InvalidConfiguration(at + ": found sections nested " + depth + " deep, allowed are "
                    + ConfigurationPath.MAX_DEPTH + " at most");
        }
        parent(at).put(at.name(), entry);
        return this;
    }

    /** @see ConfigurationDocument#withSection(String) */
    public ConfigurationEditor section(String path) {
        ConfigurationPath at = ConfigurationPath.of(path);
        Draft here = root;
        for (String name : at.names()) {
            here = here.child(name, at);
        }
        return this;
    }

    /** @see ConfigurationDocument#withComment(String, String) */
    public ConfigurationEditor comment(String path, String comment) {
        ConfigurationPath at = ConfigurationPath.of(path);
        Draft parent = at.isRoot() ? null : existing(at.parent());
        ConfigurationEntry known = parent == null ? null : parent.entries.get(at.name());
        if (parent == null || known == null) {
            throw new InvalidConfiguration(at + ": there is no section or option to comment on");
        }
        Draft open = parent.open.get(at.name());
        if (open != null) {
            open.comment = ConfigurationText.comment(comment);
        } else {
            parent.entries.put(at.name(), known.withComment(comment));
        }
        return this;
    }

    /** @see ConfigurationDocument#withClosingComment(String, String) */
    public ConfigurationEditor closingComment(String path, String comment) {
        ConfigurationPath at = ConfigurationPath.of(path);
        Draft section = existing(at);
        if (section == null) {
            throw new InvalidConfiguration(at + ": there is no section to comment on");
        }
        section.closingComment = ConfigurationText.comment(comment);
        return this;
    }

    /** @see ConfigurationDocument#without(String) */
    public ConfigurationEditor remove(String path) {
        ConfigurationPath at = ConfigurationPath.of(path);
        if (at.isRoot()) {
            root = new Draft(ConfigurationSection.empty());
            return this;
        }
        Draft parent = existing(at.parent());
        if (parent != null && parent.entries.containsKey(at.name())) {
            parent.entries.remove(at.name());
            parent.open.remove(at.name());
        }
        return this;
    }

    /** What stands at this path after the edits so far, or null. */
    @Nullable
    Standing standing(ConfigurationPath at) {
        if (at.isRoot()) {
            return root.standing();
        }
        Draft parent = existing(at.parent());
        return parent == null ? null : parent.standing(at.name());
    }

    /** What can be said of an entry without closing the sections under work. */
    record Standing(boolean isSection, boolean isEmpty, String value, String comment, String closingComment) {

        static Standing of(ConfigurationEntry entry) {
            return entry instanceof ConfigurationSection section
                    ? new Standing(true, section.isEmpty(), "", section.comment(), section.closingComment())
                    : new Standing(false, true, ((ConfigurationOption) entry).value(), entry.comment(), "");
        }
    }

    /** The document with the edits so far. */
    public ConfigurationDocument document() {
        ConfigurationSection edited = root.close();
        root = new Draft(edited);
        return ConfigurationDocument.of(edited);
    }

    private Draft parent(ConfigurationPath path) {
        if (path.isRoot()) {
            throw new InvalidConfiguration("found the path /, allowed is that of a section or option");
        }
        Draft here = root;
        for (String name : path.names().subList(0, path.names().size() - 1)) {
            here = here.child(name, path);
        }
        return here;
    }

    private @Nullable Draft existing(ConfigurationPath path) {
        Draft here = root;
        for (String name : path.names()) {
            if (!(here.entries.get(name) instanceof ConfigurationSection)) {
                return null;
            }
            here = here.child(name, path);
        }
        return here;
    }

    private static int depth(ConfigurationEntry entry) {
        return entry instanceof ConfigurationSection section
                ? section.entries().values().stream()
                        .mapToInt(below -> depth(below) + 1)
                        .max()
                        .orElse(0)
                : 0;
    }

    /** A section under work; an entry that is a section under work itself stands in {@code open}. */
    private static final class Draft {

        private final LinkedHashMap<String, ConfigurationEntry> entries;
        private final Map<String, Draft> open = new HashMap<>();
        private String comment;
        private String closingComment;

        Draft(ConfigurationSection section) {
            entries = new LinkedHashMap<>(section.entries());
            comment = section.comment();
            closingComment = section.closingComment();
        }

        Draft child(String name, ConfigurationPath path) {
            Draft known = open.get(name);
            if (known != null) {
                return known;
            }
            ConfigurationEntry entry = entries.computeIfAbsent(name, added -> ConfigurationSection.empty());
            if (!(entry instanceof ConfigurationSection section)) {
                throw new InvalidConfiguration(path + ": '" + name + "' is an option and can hold nothing");
            }
            Draft child = new Draft(section);
            open.put(name, child);
            return child;
        }

        void put(String name, ConfigurationEntry entry) {
            open.remove(name);
            entries.put(name, entry);
        }

        Standing standing() {
            return new Standing(true, entries.isEmpty(), "", comment, closingComment);
        }

        @Nullable
        Standing standing(String name) {
            Draft under = open.get(name);
            ConfigurationEntry entry = entries.get(name);
            return under != null ? under.standing() : entry == null ? null : Standing.of(entry);
        }

        /** Hands the entries over: nothing may be done with this draft afterwards. */
        ConfigurationSection close() {
            open.forEach((name, child) -> entries.put(name, child.close()));
            return new ConfigurationSection(entries, comment, closingComment);
        }
    }
}
