/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.jdl;

/**
 * A place in a text.
 *
 * @param line counted from 1
 * @param column character in the line, counted from 1
 */
public record JdlPosition(int line, int column) {

    /** Finds line and column of the character at {@code offset}; lines end with LF, CR LF or CR. */
    static JdlPosition of(String text, int offset) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < offset; i++) {
            char c = text.charAt(i);
            if (c == '\n' || (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'))) {
                line++;
                lineStart = i + 1;
            }
        }
        return new JdlPosition(line, text.codePointCount(lineStart, offset) + 1);
    }

    @Override
    public String toString() {
        return "line " + line + ", column " + column;
    }
}
