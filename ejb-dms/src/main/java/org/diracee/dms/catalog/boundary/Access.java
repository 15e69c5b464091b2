/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.boundary;

/** What one may do with a file or directory, as the bits of its mode say. */
public enum Access {
    READ(4, 'r'),
    WRITE(2, 'w'),
    EXECUTE(1, 'x');

    private final int bit;
    private final char letter;

    Access(int bit, char letter) {
        this.bit = bit;
        this.letter = letter;
    }

    /** Whether three bits of a mode contain this one. */
    public boolean in(int bits) {
        return (bits & bit) != 0;
    }

    int bit() {
        return bit;
    }

    char letter() {
        return letter;
    }
}
