/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings a document of a DIRAC that still had setups into today's form: {@code /Systems/<System>/<instance>/…} and
 * {@code /Operations[/<VO>]/<Setup>/…} lose the level between for the setup in force; what belongs to other setups is left out.
 *
 * @see "Framework reference 1.4, Setup"
 */
public final class LegacySetups {

    private static final String SETUP = "/DIRAC/Setup";
    private static final String SETUPS = "/DIRAC/Setups";
    private static final String DEFAULTS = "Defaults";
    private static final Set<String> PARTS_OF_A_SYSTEM =
            Set.of("Services", "Agents", "Executors", "Databases", "NoSQLDatabases", "URLs", "FailoverURLs", "APIs");

    private final ConfigurationDocument before;
    private final ConfigurationEditor after;
    private final List<String> notes = new ArrayList<>();
    private final Set<String> setups = new LinkedHashSet<>();

    private LegacySetups(ConfigurationDocument before) {
        this.before = before;
        after = before.edit();
        before.section(SETUPS)
                .ifPresent(section -> setups.addAll(section.entries().keySet()));
        before.value(SETUP).ifPresent(setups::add);
    }

    /**
     * The document without setups.
     *
     * @param notes what was moved and what was left out, with paths; none if the document has no setups
     */
    public record Result(ConfigurationDocument document, List<String> notes) {

        public Result {
            notes = List.copyOf(notes);
        }
    }

    /** Takes the setups out of a document; one that has none stays as it is. */
    public static Result collapse(ConfigurationDocument document) {
        LegacySetups legacy = new LegacySetups(document);
        if (legacy.setups.isEmpty()) {
            return new Result(document, List.of());
        }
        Optional<String> setup = legacy.setup();
        if (setup.isEmpty()) {
            return new Result(document, legacy.notes);
        }
        legacy.systems(setup.get());
        legacy.operations(setup.get());
        legacy.leaveOut(SETUP, "there are no setups any more; that in force was " + setup.get());
        legacy.leaveOut(SETUPS, "there are no setups any more");
        return new Result(legacy.after.document(), legacy.notes);
    }

    private Optional<String> setup() {
        Optional<String> named = before.value(SETUP).filter(name -> !name.isEmpty());
        if (named.isEmpty() && setups.size() == 1) {
            String only = setups.iterator().next();
            notes.add(SETUP + ": missing, took the only setup " + only);
            return Optional.of(only).filter(name -> !name.isEmpty());
        }
        if (named.isEmpty()) {
            notes.add(SETUP + ": missing, nothing was done because it does not say which of the setups "
                    + String.join(", ", setups) + " is in force");
        }
        return named;
    }

    private void systems(String setup) {
        ConfigurationSection systems = before.section("/Systems").orElse(ConfigurationSection.empty());
        for (Map.Entry<String, ConfigurationEntry> entry : systems.entries().entrySet()) {
            if (entry.getValue() instanceof ConfigurationSection system) {
                system(entry.getKey(), system, instances(setup, entry.getKey()), instances(entry.getKey()));
            }
        }
    }

    private void system(String name, ConfigurationSection system, Set<String> current, Set<String> named) {
        String path = "/Systems/" + name;
        Optional<String> instance = current.stream().findFirst();
        Set<String> instances = new LinkedHashSet<>(named);
        system.entries().forEach((key, entry) -> {
            if (entry instanceof ConfigurationSection section && looksLikeInstance(key, section)) {
                instances.add(key);
            }
        });
        instances.removeIf(key -> system.section(key).isEmpty());
        if (instance.isPresent() && !instances.contains(instance.get())) {
            notes.add(path + ": left as it is, its instance " + instance.get() + " is no section");
        } else if (instance.isPresent()) {
            toInstance(path, instance.get(), instances);
        } else if (!instances.isEmpty()) {
            notes.add(path + ": left as it is, the setup names none of its instances " + String.join(", ", instances));
        }
    }

    private void toInstance(String path, String instance, Set<String> instances) {
        for (String other : instances) {
            if (!other.equals(instance)) {
                leaveOut(path + '/' + other, "not the instance of the setup in force, " + instance);
            }
        }
        moveUp(path + '/' + instance, path);
    }

    private static boolean looksLikeInstance(String name, ConfigurationSection section) {
        return !PARTS_OF_A_SYSTEM.contains(name)
                && !section.isEmpty()
                && section.entries().entrySet().stream()
                        .allMatch(entry -> PARTS_OF_A_SYSTEM.contains(entry.getKey())
                                && entry.getValue() instanceof ConfigurationSection);
    }

    /** The instance of a system in one setup, if it has one. */
    private Set<String> instances(String setup, String system) {
        return before.section(SETUPS)
                .flatMap(all -> all.section(setup))
                .flatMap(systems -> systems.option(system))
                .map(option -> Set.of(option.value()))
                .orElse(Set.of());
    }

    private Set<String> instances(String system) {
        Set<String> instances = new LinkedHashSet<>();
        for (String setup : setups) {
            instances.addAll(instances(setup, system));
        }
        return instances;
    }

    private void operations(String setup) {
        Set<String> vos = new LinkedHashSet<>();
        before.section("/Registry/VO")
                .ifPresent(section -> vos.addAll(section.entries().keySet()));
        ConfigurationSection operations = before.section("/Operations").orElse(ConfigurationSection.empty());
        for (Map.Entry<String, ConfigurationEntry> entry : operations.entries().entrySet()) {
            String name = entry.getKey();
            String path = "/Operations/" + name;
            if (!(entry.getValue() instanceof ConfigurationSection section) || name.equals(DEFAULTS)) {
                continue;
            }
            if (!setups.contains(name) || vos.contains(name)) {
                operationsOfVo(path, section, setup);
            } else if (name.equals(setup)) {
                moveUp(path, "/Operations/" + DEFAULTS);
            } else {
                leaveOut(path, "not the setup in force, " + setup);
            }
        }
    }

    /** Below a VO stood its defaults for all setups, which those of a setup override. */
    private void operationsOfVo(String path, ConfigurationSection vo, String setup) {
        for (String other : setups) {
            if (!other.equals(setup) && vo.section(other).isPresent()) {
                leaveOut(path + '/' + other, "not the setup in force, " + setup);
            }
        }
        for (String layer : List.of(DEFAULTS, setup)) {
            vo.section(layer).ifPresent(section -> moveUp(path + '/' + layer, path));
        }
    }

    /** Merges a section into the one above or beside it, whose options give way. */
    private void moveUp(String from, String to) {
        Optional<ConfigurationSection> moved = before.section(from);
        if (moved.isEmpty()) {
            return;
        }
        after.remove(from);
        ConfigurationDocument rest = after.document();
        ConfigurationSection target = rest.section(to).orElse(ConfigurationSection.empty());
        ConfigurationSection merged = target.merged(moved.get())
                .withComment(
                        ConfigurationText.joined(target.comment(), moved.get().comment()))
                .withClosingComment(ConfigurationText.joined(
                        target.closingComment(), moved.get().closingComment()));
        after.put(to, merged);
        notes.add(from + ": moved to " + to);
    }

    private void leaveOut(String path, String reason) {
        if (before.entry(path).isPresent()) {
            after.remove(path);
            notes.add(path + ": left out, " + reason);
        }
    }
}
