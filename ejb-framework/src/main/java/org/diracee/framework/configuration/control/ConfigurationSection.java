/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A section of the configuration: named options and sections in their order, the comment before it, and the comment that
 * stands after its last entry. Sections and options share one name space. Immutable.
 */
public final class ConfigurationSection implements ConfigurationEntry {

    private static final ConfigurationSection EMPTY = new ConfigurationSection(new LinkedHashMap<>(), "", "");

    private final Map<String, ConfigurationEntry> entries;
    private final String comment;
    private final String closingComment;

    /** Takes over the map: its maker must not touch it any more. */
    ConfigurationSection(LinkedHashMap<String, ConfigurationEntry> entries, String comment, String closingComment) {
        this(Collections.unmodifiableMap(entries), comment, closingComment);
    }

    private ConfigurationSection(Map<String, ConfigurationEntry> entries, String comment, String closingComment) {
        this.entries = entries;
        this.comment = ConfigurationText.comment(comment);
        this.closingComment = ConfigurationText.comment(closingComment);
    }

    /** A section without entries and comments. */
    public static ConfigurationSection empty() {
        return EMPTY;
    }

    /** The entries by name, in their order; unmodifiable. */
    public Map<String, ConfigurationEntry> entries() {
        return entries;
    }

    public Optional<ConfigurationEntry> entry(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    public Optional<ConfigurationOption> option(String name) {
        return entries.get(name) instanceof ConfigurationOption option ? Optional.of(option) : Optional.empty();
    }

    public Optional<ConfigurationSection> section(String name) {
        return entries.get(name) instanceof ConfigurationSection section ? Optional.of(section) : Optional.empty();
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    @Override
    public String comment() {
        return comment;
    }

    /** The comment between the last entry and the end of the section; empty if there is none. */
    public String closingComment() {
        return closingComment;
    }

    @Override
    public ConfigurationSection withComment(String text) {
        return new ConfigurationSection(entries, text, closingComment);
    }

    /** @throws InvalidConfiguration if the comment has control characters */
    public ConfigurationSection withClosingComment(String text) {
        return new ConfigurationSection(entries, comment, text);
    }

    /** This section with those of {@code other}, which win; sections on both sides are merged in turn. */
    ConfigurationSection merged(ConfigurationSection other) {
        if (isSame(this, other)) {
            return this;
        }
        LinkedHashMap<String, ConfigurationEntry> all = new LinkedHashMap<>(entries);
        other.entries.forEach((name, entry) -> all.merge(name, entry, ConfigurationSection::winner));
        return new ConfigurationSection(
                all,
                other.comment.isEmpty() ? comment : other.comment,
                other.closingComment.isEmpty() ? closingComment : other.closingComment);
    }

    private static ConfigurationEntry winner(ConfigurationEntry ours, ConfigurationEntry theirs) {
        if (ours instanceof ConfigurationSection below && theirs instanceof ConfigurationSection above) {
            return below.merged(above);
        }
        boolean commentStays = theirs.comment().isEmpty()
                && ours instanceof ConfigurationOption
                && theirs instanceof ConfigurationOption;
        return commentStays ? theirs.withComment(ours.comment()) : theirs;
    }

    /** Whether both hold the same, comments included, in whatever order. */
    boolean hasContentOf(ConfigurationSection other) {
        if (isSame(this, other)) {
            return true;
        }
        return comment.equals(other.comment)
                && closingComment.equals(other.closingComment)
                && entries.size() == other.entries.size()
                && entries.entrySet().stream()
                        .allMatch(entry -> haveSameContent(entry.getValue(), other.entries.get(entry.getKey())));
    }

    private static boolean haveSameContent(ConfigurationEntry one, @Nullable ConfigurationEntry other) {
        return one instanceof ConfigurationSection section && other instanceof ConfigurationSection another
                ? section.hasContentOf(another)
                : one.equals(other);
    }

    /** Unchanged parts are shared between documents, so most comparisons end here. */
    @SuppressWarnings("ReferenceEquality")
    static boolean isSame(ConfigurationSection one, ConfigurationSection other) {
        return one == other;
    }

    /** Equal are sections with equal comments and equal entries in the same order. */
    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof ConfigurationSection section)) {
            return false;
        }
        if (isSame(this, section)) {
            return true;
        }
        if (!comment.equals(section.comment)
                || !closingComment.equals(section.closingComment)
                || entries.size() != section.entries.size()) {
            return false;
        }
        Iterator<Map.Entry<String, ConfigurationEntry>> others =
                section.entries.entrySet().iterator();
        for (Map.Entry<String, ConfigurationEntry> entry : entries.entrySet()) {
            if (!entry.equals(others.next())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * entries.hashCode() + comment.hashCode()) + closingComment.hashCode();
    }

    @Override
    public String toString() {
        return "section with " + entries.keySet();
    }
}
