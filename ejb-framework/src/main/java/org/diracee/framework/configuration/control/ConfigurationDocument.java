/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.diracee.kernel.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * The configuration as people write it: a tree of sections and options in their order, with comments. Immutable: an edit
 * makes a new document that shares what did not change; many edits at once go through {@link #edit()}.
 *
 * <p>Paths are written {@code /Section/Option}; the first slash may be left out.
 *
 * @see "Framework reference 1.1"
 */
public final class ConfigurationDocument {

    private static final ConfigurationDocument EMPTY = new ConfigurationDocument(ConfigurationSection.empty());

    private final ConfigurationSection root;

    private ConfigurationDocument(ConfigurationSection root) {
        this.root = root;
    }

    /** The document without any entry. */
    public static ConfigurationDocument empty() {
        return EMPTY;
    }

    /** The document of these entries; a comment before the whole belongs to the first entry and is not taken over. */
    public static ConfigurationDocument of(ConfigurationSection root) {
        return new ConfigurationDocument(root.comment().isEmpty() ? root : root.withComment(""));
    }

    /** The document as section; its closing comment stands at the end of the file. */
    public ConfigurationSection root() {
        return root;
    }

    /** What stands at this path, if anything. */
    public Optional<ConfigurationEntry> entry(String path) {
        return entry(ConfigurationPath.of(path));
    }

    /** What stands at this path, if anything. */
    public Optional<ConfigurationEntry> entry(ConfigurationPath path) {
        ConfigurationEntry here = root;
        for (String name : path.names()) {
            if (!(here instanceof ConfigurationSection section)
                    || !section.entries().containsKey(name)) {
                return Optional.empty();
            }
            here = section.entry(name).orElseThrow();
        }
        return Optional.of(here);
    }

    /** The option at this path, if there is one. */
    public Optional<ConfigurationOption> option(String path) {
        return entry(path).filter(ConfigurationOption.class::isInstance).map(ConfigurationOption.class::cast);
    }

    /** The value of the option at this path, if there is one. */
    public Optional<String> value(String path) {
        return option(path).map(ConfigurationOption::value);
    }

    /** The section at this path, if there is one; {@code /} is the document itself. */
    public Optional<ConfigurationSection> section(String path) {
        return entry(path).filter(ConfigurationSection.class::isInstance).map(ConfigurationSection.class::cast);
    }

    /** Collects many edits of this document at a cost of their number. */
    public ConfigurationEditor edit() {
        return new ConfigurationEditor(root);
    }

    /**
     * Sets an option, keeps its comment, and makes the sections around it if needed.
     *
     * @throws InvalidConfiguration if path or value are not possible, or a section stands there
     */
    public ConfigurationDocument with(String path, String value) {
        return edit().set(path, value).document();
    }

    /**
     * Places a section or option with all it holds instead of what may stand there.
     *
     * @throws InvalidConfiguration if the path is not possible
     */
    public ConfigurationDocument with(String path, ConfigurationEntry entry) {
        return edit().put(path, entry).document();
    }

    /**
     * Makes a section if there is none.
     *
     * @throws InvalidConfiguration if the path is not possible or an option stands there
     */
    public ConfigurationDocument withSection(String path) {
        return edit().section(path).document();
    }

    /**
     * Replaces the comment before a section or option; an empty one removes it.
     *
     * @throws InvalidConfiguration if nothing stands there or the comment has control characters
     */
    public ConfigurationDocument withComment(String path, String comment) {
        return edit().comment(path, comment).document();
    }

    /**
     * Replaces the comment at the end of a section, {@code /} for that at the end of the document.
     *
     * @throws InvalidConfiguration if there is no such section or the comment has control characters
     */
    public ConfigurationDocument withClosingComment(String path, String comment) {
        return edit().closingComment(path, comment).document();
    }

    /** Leaves out the section or option at this path, if there is one, with all it holds. */
    public ConfigurationDocument without(String path) {
        return edit().remove(path).document();
    }

    /**
     * This document with the entries of {@code other}, which win: sections are merged, options replaced. A comment stays
     * where {@code other} has none.
     */
    public ConfigurationDocument merged(ConfigurationDocument other) {
        return new ConfigurationDocument(root.merged(other.root));
    }

    /** Whether both say the same, comments included, in whatever order. */
    public boolean hasContentOf(ConfigurationDocument other) {
        return root.hasContentOf(other.root);
    }

    /** The document as the rest of the server reads it. */
    public Configuration snapshot(long revision) {
        return new Configuration(revision, tree(root));
    }

    private static Map<String, Object> tree(ConfigurationSection section) {
        Map<String, Object> tree = new LinkedHashMap<>();
        section.entries().forEach((name, entry) -> {
            if (entry instanceof ConfigurationSection sub) {
                tree.put(name, tree(sub));
            } else if (entry instanceof ConfigurationOption option) {
                tree.put(name, option.value());
            }
        });
        return tree;
    }

    /** Equal are documents with equal entries and comments in the same order. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ConfigurationDocument document && root.equals(document.root);
    }

    @Override
    public int hashCode() {
        return root.hashCode();
    }

    @Override
    public String toString() {
        return "document with " + root.entries().keySet();
    }
}
