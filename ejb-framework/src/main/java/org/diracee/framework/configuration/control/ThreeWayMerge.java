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
import java.util.Objects;
import java.util.Set;
import org.diracee.framework.configuration.boundary.Change;
import org.diracee.framework.configuration.boundary.Change.Kind;
import org.diracee.framework.configuration.control.Conflict.State;
import org.diracee.framework.configuration.control.Conflict.Version;
import org.jspecify.annotations.Nullable;

/** The work behind {@link Merge}. */
final class ThreeWayMerge {

    private static final Version ABSENT = new Version(State.ABSENT, "");

    private final List<Conflict> conflicts = new ArrayList<>();

    private ThreeWayMerge() {}

    static Merge of(ConfigurationSection base, ConfigurationSection theirs, ConfigurationSection yours) {
        ThreeWayMerge merge = new ThreeWayMerge();
        ConfigurationEntry merged = merge.entries("/", base, theirs, yours);
        return merge.conflicts.isEmpty() && merged instanceof ConfigurationSection root
                ? new Merge.Merged(ConfigurationDocument.of(root))
                : new Merge.Conflicting(merge.conflicts);
    }

    /** What stands at the path afterwards; null for nothing, and of no meaning if there are conflicts. */
    private @Nullable ConfigurationEntry entries(
            String path,
            @Nullable ConfigurationEntry base,
            @Nullable ConfigurationEntry theirs,
            @Nullable ConfigurationEntry yours) {
        if (Objects.equals(theirs, yours) || Objects.equals(base, yours)) {
            return theirs;
        }
        if (Objects.equals(base, theirs)) {
            return yours;
        }
        if (theirs instanceof ConfigurationSection one && yours instanceof ConfigurationSection other) {
            return sections(
                    path, base instanceof ConfigurationSection from ? from : ConfigurationSection.empty(), one, other);
        }
        if (theirs instanceof ConfigurationOption one && yours instanceof ConfigurationOption other) {
            return options(path, base, one, other);
        }
        if (base instanceof ConfigurationSection from && (theirs == null || yours == null)) {
            return removedSection(path, from, theirs, yours);
        }
        conflicts.add(new Conflict(path, version(base), version(theirs), version(yours)));
        return theirs;
    }

    private ConfigurationSection sections(
            String path, ConfigurationSection base, ConfigurationSection theirs, ConfigurationSection yours) {
        LinkedHashMap<String, ConfigurationEntry> merged = new LinkedHashMap<>();
        for (String name : order(base, theirs, yours)) {
            ConfigurationEntry entry = entries(
                    ConfigurationPath.below(path, name),
                    base.entries().get(name),
                    theirs.entries().get(name),
                    yours.entries().get(name));
            if (entry != null) {
                merged.put(name, entry);
            }
        }
        return new ConfigurationSection(
                merged,
                comment(path, base.comment(), theirs.comment(), yours.comment()),
                comment(path, base.closingComment(), theirs.closingComment(), yours.closingComment()));
    }

    private ConfigurationOption options(
            String path, @Nullable ConfigurationEntry base, ConfigurationOption theirs, ConfigurationOption yours) {
        String before = base instanceof ConfigurationOption option ? option.value() : null;
        String value = theirs.value();
        if (theirs.value().equals(before)) {
            value = yours.value();
        } else if (!yours.value().equals(before) && !yours.value().equals(value)) {
            conflicts.add(new Conflict(path, version(base), version(theirs), version(yours)));
        }
        String comment = base == null ? "" : base.comment();
        return new ConfigurationOption(value, comment(path, comment, theirs.comment(), yours.comment()));
    }

    private String comment(String path, String base, String theirs, String yours) {
        if (theirs.equals(base)) {
            return yours;
        }
        if (!yours.equals(base) && !yours.equals(theirs)) {
            conflicts.add(new Conflict(
                    path,
                    new Version(State.COMMENT, base),
                    new Version(State.COMMENT, theirs),
                    new Version(State.COMMENT, yours)));
        }
        return theirs;
    }

    /** One side removed the section: whatever the other side did in it but remove is a conflict. */
    private @Nullable ConfigurationEntry removedSection(
            String path,
            ConfigurationSection base,
            @Nullable ConfigurationEntry theirs,
            @Nullable ConfigurationEntry yours) {
        boolean otherEdits = true;
        int before = conflicts.size();
        if ((theirs == null ? yours : theirs) instanceof ConfigurationSection kept) {
            List<Change> edits = Changes.between(asDocument(base), asDocument(kept));
            otherEdits = !base.comment().equals(kept.comment());
            for (Change edit : edits) {
                if (edit.kind() == Kind.CHANGED) {
                    Version after = new Version(State.OPTION, edit.after());
                    conflicts.add(new Conflict(
                            path + edit.path(),
                            new Version(State.OPTION, edit.before()),
                            theirs == null ? ABSENT : after,
                            theirs == null ? after : ABSENT));
                }
                otherEdits |= edit.kind() == Kind.ADDED
                        || edit.kind() == Kind.COMMENT && !edit.after().isEmpty();
            }
        }
        if (otherEdits && conflicts.size() == before) {
            conflicts.add(new Conflict(path, version(base), version(theirs), version(yours)));
        }
        return null;
    }

    private static ConfigurationDocument asDocument(ConfigurationSection section) {
        return ConfigurationDocument.of(section);
    }

    /**
     * All names, in the order of the side that changed it ("theirs" if both did); a name that only the other side has follows
     * the one it follows there.
     */
    private static Set<String> order(
            ConfigurationSection base, ConfigurationSection theirs, ConfigurationSection yours) {
        boolean theirsChanged = !common(base, theirs).equals(common(theirs, base));
        List<String> lead =
                List.copyOf((theirsChanged ? theirs : yours).entries().keySet());
        List<String> other =
                List.copyOf((theirsChanged ? yours : theirs).entries().keySet());
        Set<String> known = new LinkedHashSet<>(lead);
        Map<String, List<String>> followers = new LinkedHashMap<>();
        String previous = "";
        for (String name : other) {
            if (known.contains(name)) {
                previous = name;
            } else {
                followers.computeIfAbsent(previous, first -> new ArrayList<>()).add(name);
            }
        }
        Set<String> order = new LinkedHashSet<>(followers.getOrDefault("", List.of()));
        for (String name : lead) {
            order.add(name);
            order.addAll(followers.getOrDefault(name, List.of()));
        }
        return order;
    }

    private static List<String> common(ConfigurationSection order, ConfigurationSection other) {
        return order.entries().keySet().stream()
                .filter(other.entries()::containsKey)
                .toList();
    }

    private static Version version(@Nullable ConfigurationEntry entry) {
        if (entry instanceof ConfigurationOption option) {
            return new Version(State.OPTION, option.value());
        }
        return entry == null ? ABSENT : new Version(State.SECTION, "");
    }
}
