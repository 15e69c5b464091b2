/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.jdl;

/** A finite floating-point number. */
public record JdlReal(double value) implements JdlValue {

    public JdlReal {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("A JDL number is finite, not " + value);
        }
    }

    @Override
    public String kind() {
        return "a real number";
    }

    @Override
    public String toString() {
        return JdlPrinter.printInline(this);
    }
}
