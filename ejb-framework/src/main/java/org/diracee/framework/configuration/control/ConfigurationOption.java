/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

/**
 * An option of the configuration: one line of text, where a list is its items separated by commas.
 *
 * @param value without blanks around it; may be empty
 * @param comment its lines separated by LF; empty if there is none
 */
public record ConfigurationOption(String value, String comment) implements ConfigurationEntry {

    /** @throws InvalidConfiguration if the value is no single line or either has control characters */
    public ConfigurationOption {
        value = ConfigurationText.value(value);
        comment = ConfigurationText.comment(comment);
    }

    /** An option without comment. */
    public static ConfigurationOption of(String value) {
        return new ConfigurationOption(value, "");
    }

    @Override
    public ConfigurationOption withComment(String text) {
        return new ConfigurationOption(value, text);
    }
}
