/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.jdl;

import java.util.Objects;

/**
 * A name and its value in a record.
 *
 * @param name letters, digits and underscores, not beginning with a digit; further parts may follow after dots, as in
 *     {@code Parameters.X}
 */
public record JdlAttribute(String name, JdlValue value) {

    /** Characters that a name may have. */
    public static final int MAX_NAME_LENGTH = 255;

    public JdlAttribute {
        Objects.requireNonNull(value, "value");
        if (!isName(name)) {
            throw new IllegalArgumentException("Not the name of a JDL attribute: '" + name + "'");
        }
    }

    /** Tells whether an attribute can have this name. */
    public static boolean isName(String text) {
        return !text.isEmpty() && text.length() <= MAX_NAME_LENGTH && nameEnd(text, 0) == text.length();
    }

    /** Returns the end of the name that begins at {@code start}, or {@code start} if none does. */
    static int nameEnd(CharSequence text, int start) {
        if (start >= text.length() || !isNameStart(text.charAt(start))) {
            return start;
        }
        int end = start + 1;
        while (end < text.length()) {
            char c = text.charAt(end);
            boolean joins = c == '.' && end + 1 < text.length() && isNamePart(text.charAt(end + 1));
            if (!joins && !isNamePart(c)) {
                break;
            }
            end++;
        }
        return end;
    }

    static boolean isNameStart(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
    }

    static boolean isNamePart(char c) {
        return isNameStart(c) || (c >= '0' && c <= '9');
    }
}
