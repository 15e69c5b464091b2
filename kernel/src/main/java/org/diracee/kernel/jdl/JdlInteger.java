/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.jdl;

/** A whole number of 64 bits. */
public record JdlInteger(long value) implements JdlValue {

    @Override
    public String kind() {
        return "an integer";
    }

    @Override
    public String toString() {
        return JdlPrinter.printInline(this);
    }
}
