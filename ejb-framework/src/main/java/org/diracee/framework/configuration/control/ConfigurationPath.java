/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a section or option stands: the names from the outermost section on, written {@code /Section/Option}.
 *
 * @param names none for the document itself
 */
public record ConfigurationPath(List<String> names) {

    /** How deep sections may be nested. */
    public static final int MAX_DEPTH = 64;

    /** The document itself. */
    public static final ConfigurationPath ROOT = new ConfigurationPath(List.of());

    /** @throws InvalidConfiguration if a name cannot be one or there are more than {@value #MAX_DEPTH} */
    public ConfigurationPath {
        names = List.copyOf(names);
        if (names.size() > MAX_DEPTH) {
            throw new InvalidConfiguration(
                    "found a path of " + names.size() + " names, allowed are " + MAX_DEPTH + " at most");
        }
        names.forEach(ConfigurationText::name);
    }

    /**
     * Reads a path, with or without the slash before its first name.
     *
     * @throws InvalidConfiguration if it is none
     */
    public static ConfigurationPath of(String text) {
        String bare = text.startsWith("/") ? text.substring(1) : text;
        return bare.isEmpty() ? ROOT : new ConfigurationPath(List.of(bare.split("/", -1)));
    }

    /** @throws InvalidConfiguration if the name cannot be one */
    public ConfigurationPath child(String name) {
        List<String> longer = new ArrayList<>(names);
        longer.add(name);
        return new ConfigurationPath(longer);
    }

    public boolean isRoot() {
        return names.isEmpty();
    }

    /** The path of the section that holds this; the document itself for the document itself. */
    public ConfigurationPath parent() {
        return isRoot() ? this : new ConfigurationPath(names.subList(0, names.size() - 1));
    }

    /** The last name; empty for the document itself. */
    public String name() {
        return isRoot() ? "" : names.get(names.size() - 1);
    }

    @Override
    public String toString() {
        return "/" + String.join("/", names);
    }

    /** The path of an entry below one that is written already. */
    static String below(String section, String name) {
        return section.endsWith("/") ? section + name : section + '/' + name;
    }
}
