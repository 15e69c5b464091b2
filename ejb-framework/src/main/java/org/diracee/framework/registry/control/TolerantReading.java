/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.registry.control;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.InvalidOption;
import org.diracee.kernel.error.DiracException;

/**
 * Reads what can be used and reports what cannot, so that one slip locks nobody else out.
 *
 * @param leftOut told the path of every entry left out and why
 */
record TolerantReading(Configuration configuration, BiConsumer<String, String> leftOut) {

    /** The value or the default; the default also if the value is wrong. */
    <T> T read(DeclaredOption<T> option, String... names) {
        try {
            return option.read(configuration, names);
        } catch (InvalidOption wrong) {
            leftOut.accept(option.path().at(names), wrong.detail());
            return option.standardValue().orElseThrow(() -> wrong);
        }
    }

    /** The value; empty also if it is wrong. */
    <T> Optional<T> find(DeclaredOption<T> option, String... names) {
        try {
            return option.find(configuration, names);
        } catch (InvalidOption wrong) {
            leftOut.accept(option.path().at(names), wrong.detail());
            return Optional.empty();
        }
    }

    /** The properties that are known; the others are reported. */
    Set<Property> properties(DeclaredOption<List<String>> option, String... names) {
        Set<Property> properties = EnumSet.noneOf(Property.class);
        for (String property : read(option, names)) {
            Property.ofWireName(property)
                    .ifPresentOrElse(
                            properties::add,
                            () -> leftOut.accept(option.path().at(names), "'" + property + "' is no known property"));
        }
        return properties;
    }

    /** Reads one entry; one that cannot be used is left out. */
    void entry(String path, Runnable reading) {
        try {
            reading.run();
        } catch (DiracException unusable) {
            leftOut.accept(path, unusable.detail());
        }
    }
}
