/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.jdl;

import java.util.Objects;

/** A text between double quotes; any Unicode text but U+0000, which no database column and no command line can hold. */
public record JdlText(String value) implements JdlValue {

    public JdlText {
        Objects.requireNonNull(value, "value");
        int bad = unprintable(value);
        if (bad >= 0) {
            throw new IllegalArgumentException(
                    "A JDL text cannot hold U+%04X (at character %d)".formatted((int) value.charAt(bad), bad + 1));
        }
    }

    /** Returns where {@code text} has a character that no JDL text can hold, or -1: U+0000 and half surrogate pairs. */
    static int unprintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return i;
            }
            if (Character.isHighSurrogate(c)) {
                if (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    @Override
    public String kind() {
        return "a text";
    }

    @Override
    public String toString() {
        return JdlPrinter.printInline(this);
    }
}
