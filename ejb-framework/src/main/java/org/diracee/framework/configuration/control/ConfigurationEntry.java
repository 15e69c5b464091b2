/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

/** A section or an option, with the comment that stands before it. */
public sealed interface ConfigurationEntry permits ConfigurationOption, ConfigurationSection {

    /** The lines of the comment, separated by LF; empty if there is none. */
    String comment();

    /** @throws InvalidConfiguration if the comment has control characters */
    ConfigurationEntry withComment(String comment);
}
