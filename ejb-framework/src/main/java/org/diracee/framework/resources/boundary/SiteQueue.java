/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.resources.boundary;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.value.SiteName;

/**
 * A queue of a computing element, with the sections that it takes its options from.
 *
 * @param nearestFirst paths of the sections of the queue, its computing element and its site
 */
public record SiteQueue(SiteName site, String computingElement, String name, List<String> nearestFirst) {

    public SiteQueue {
        nearestFirst = List.copyOf(nearestFirst);
    }

    public String path() {
        return nearestFirst.get(0);
    }

    public String computingElementPath() {
        return nearestFirst.get(1);
    }

    /** The option of the nearest level that has it. */
    public <T> Optional<T> find(Configuration configuration, DeclaredOption<T> option) {
        return option.findIn(configuration, nearestFirst);
    }

    /** The option of the nearest level that has it, or its default. */
    public <T> T read(Configuration configuration, DeclaredOption<T> option) {
        return option.readIn(configuration, nearestFirst);
    }

    /** The items that the computing element and the queue list together. */
    @SafeVarargs
    public final List<String> joined(Configuration configuration, DeclaredOption<List<String>>... options) {
        Set<String> all = new LinkedHashSet<>();
        for (String level : List.of(computingElementPath(), path())) {
            for (DeclaredOption<List<String>> option : options) {
                option.findIn(configuration, List.of(level)).ifPresent(all::addAll);
            }
        }
        return List.copyOf(all);
    }

    /** All options of the computing element and, above them, of the queue. */
    public Map<String, String> options(Configuration configuration) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String level : List.of(computingElementPath(), path())) {
            for (String option : configuration.names(level)) {
                configuration.option(level + "/" + option).ifPresent(value -> options.put(option, value));
            }
        }
        return options;
    }
}
