/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.jdl;

/** A truth value, written bare: {@code true} or {@code false}. */
public record JdlBoolean(boolean value) implements JdlValue {

    @Override
    public String kind() {
        return "a boolean";
    }

    @Override
    public String toString() {
        return JdlPrinter.printInline(this);
    }
}
