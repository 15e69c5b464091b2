/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.diracee.framework.configuration.boundary.Change;
import org.diracee.framework.configuration.boundary.Change.Kind;
import org.diracee.framework.configuration.boundary.Change.Subject;
import org.diracee.framework.configuration.control.ConfigurationEditor.Standing;
import org.jspecify.annotations.Nullable;

/**
 * Differences between documents. A section comes before what is added to it and after what is removed from it, so the list can be
 * carried out from first to last. The order of entries is no difference.
 */
public final class Changes {

    /** What an index of the database takes. */
    private static final int LONGEST_PATH_BYTES = 2_000;

    private final List<Change> changes = new ArrayList<>();

    private Changes() {}

    /** What makes the one document say the same as the other, comments included. */
    public static List<Change> between(ConfigurationDocument before, ConfigurationDocument after) {
        Changes found = new Changes();
        found.sections("/", before.root(), after.root());
        return List.copyOf(found.changes);
    }

    /**
     * Carries the changes out, all or none; what they add comes last in its section.
     *
     * @throws StaleChange if the document is not as one of them says it was before
     */
    public static ConfigurationDocument apply(ConfigurationDocument document, List<Change> changes) {
        ConfigurationEditor editor = document.edit();
        for (Change change : changes) {
            ConfigurationPath path = ConfigurationPath.of(change.path());
            Standing standing = editor.standing(path);
            if (!fits(change, standing)) {
                throw new StaleChange(change, standing);
            }
            apply(editor, change);
        }
        return editor.document();
    }

    /**
     * Makes sure that what the changes bring in can be stored.
     *
     * @throws InvalidConfiguration if a value cannot stand in a {@code .cfg} file, or a path is too long
     */
    public static void requireStorable(List<Change> changes) {
        for (Change change : changes) {
            int length = change.path().getBytes(StandardCharsets.UTF_8).length;
            if (length > LONGEST_PATH_BYTES) {
                throw new InvalidConfiguration("found a path of " + length + " bytes, "
                        + ConfigurationText.shown(change.path()) + ", allowed are " + LONGEST_PATH_BYTES + " at most");
            }
            if (change.kind() != Kind.COMMENT) {
                CfgWriter.requireWritable(change.after(), change.path());
            }
        }
    }

    private static boolean fits(Change change, @Nullable Standing standing) {
        if (standing == null || change.kind() == Kind.ADDED) {
            return standing == null && change.kind() == Kind.ADDED;
        }
        if (standing.isSection() == (change.subject() == Subject.OPTION)) {
            return false;
        }
        if (change.kind() == Kind.COMMENT) {
            String comment = change.subject() == Subject.SECTION_END ? standing.closingComment() : standing.comment();
            return comment.equals(change.before());
        }
        return standing.isSection()
                ? change.kind() == Kind.REMOVED && standing.isEmpty()
                : standing.value().equals(change.before());
    }

    private static void apply(ConfigurationEditor editor, Change change) {
        switch (change.kind()) {
            case ADDED -> {
                if (change.subject() == Subject.OPTION) {
                    editor.set(change.path(), change.after());
                } else {
                    editor.section(change.path());
                }
            }
            case REMOVED -> editor.remove(change.path());
            case CHANGED -> editor.set(change.path(), change.after());
            case COMMENT -> {
                if (change.subject() == Subject.SECTION_END) {
                    editor.closingComment(change.path(), change.after());
                } else {
                    editor.comment(change.path(), change.after());
                }
            }
        }
    }

    private void sections(String path, ConfigurationSection before, ConfigurationSection after) {
        if (ConfigurationSection.isSame(before, after)) {
            return;
        }
        for (Map.Entry<String, ConfigurationEntry> entry : before.entries().entrySet()) {
            String here = ConfigurationPath.below(path, entry.getKey());
            ConfigurationEntry old = entry.getValue();
            ConfigurationEntry now = after.entries().get(entry.getKey());
            if (old instanceof ConfigurationSection was && now instanceof ConfigurationSection is) {
                sections(here, was, is);
                comment(here, Subject.SECTION, was.comment(), is.comment());
            } else if (old instanceof ConfigurationOption was && now instanceof ConfigurationOption is) {
                options(here, was, is);
            } else {
                removed(here, old);
                if (now != null) {
                    added(here, now);
                }
            }
        }
        for (Map.Entry<String, ConfigurationEntry> entry : after.entries().entrySet()) {
            if (!before.entries().containsKey(entry.getKey())) {
                added(ConfigurationPath.below(path, entry.getKey()), entry.getValue());
            }
        }
        comment(path, Subject.SECTION_END, before.closingComment(), after.closingComment());
    }

    private void options(String path, ConfigurationOption was, ConfigurationOption is) {
        if (!was.value().equals(is.value())) {
            changes.add(new Change(path, Kind.CHANGED, Subject.OPTION, was.value(), is.value()));
        }
        comment(path, Subject.OPTION, was.comment(), is.comment());
    }

    private void comment(String path, Subject subject, String before, String after) {
        if (!before.equals(after)) {
            changes.add(new Change(path, Kind.COMMENT, subject, before, after));
        }
    }

    private void added(String path, ConfigurationEntry entry) {
        if (entry instanceof ConfigurationOption option) {
            changes.add(new Change(path, Kind.ADDED, Subject.OPTION, "", option.value()));
            comment(path, Subject.OPTION, "", option.comment());
        } else if (entry instanceof ConfigurationSection section) {
            changes.add(new Change(path, Kind.ADDED, Subject.SECTION, "", ""));
            comment(path, Subject.SECTION, "", section.comment());
            sections(path, ConfigurationSection.empty(), section);
        }
    }

    private void removed(String path, ConfigurationEntry entry) {
        if (entry instanceof ConfigurationOption option) {
            comment(path, Subject.OPTION, option.comment(), "");
            changes.add(new Change(path, Kind.REMOVED, Subject.OPTION, option.value(), ""));
        } else if (entry instanceof ConfigurationSection section) {
            sections(path, section, ConfigurationSection.empty());
            comment(path, Subject.SECTION, section.comment(), "");
            changes.add(new Change(path, Kind.REMOVED, Subject.SECTION, "", ""));
        }
    }
}
