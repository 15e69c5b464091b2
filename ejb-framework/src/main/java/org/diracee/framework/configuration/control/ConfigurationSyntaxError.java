/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import java.util.List;
import org.diracee.kernel.error.FieldError;

/** A text that is no configuration document: where it goes wrong, what stands there and what could. */
public class ConfigurationSyntaxError extends InvalidConfiguration {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    private ConfigurationSyntaxError(int line, int column, String reason) {
        super(
                "line " + line + ", column " + column + ": " + reason,
                List.of(new FieldError("line " + line + ", column " + column, reason)));
        this.line = line;
        this.column = column;
    }

    /** A place where something else is allowed than stands there. */
    static ConfigurationSyntaxError at(int line, int column, String found, String allowed) {
        return new ConfigurationSyntaxError(line, column, "found " + found + ", allowed is " + allowed);
    }

    /** A place where something is wrong in the words of another reader. */
    static ConfigurationSyntaxError at(int line, int column, String reason) {
        return new ConfigurationSyntaxError(line, column, reason);
    }

    /** The line, counted from 1. */
    public int line() {
        return line;
    }

    /** The character in the line, counted from 1. */
    public int column() {
        return column;
    }
}
