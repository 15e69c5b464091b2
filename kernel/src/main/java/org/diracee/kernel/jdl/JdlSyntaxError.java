/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.jdl;

import java.util.List;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.FieldError;

/** A text that is no job description: where it goes wrong, what stands there and what could. */
public class JdlSyntaxError extends DiracException {

    private static final long serialVersionUID = 1L;

    private static final int EXCERPT_BEFORE = 60;
    private static final int EXCERPT_AFTER = 40;

    private final transient JdlPosition position;
    private final String found;
    private final String expected;
    private final String excerpt;

    JdlSyntaxError(String text, int offset, String found, String expected) {
        this(JdlPosition.of(text, offset), found, expected, excerpt(text, offset));
    }

    private JdlSyntaxError(JdlPosition position, String found, String expected, String excerpt) {
        super(
                ErrorCode.JDL_SYNTAX,
                "JDL syntax error at " + position + ": found " + found + ", expected " + expected + '\n' + excerpt,
                List.of(new FieldError(position.toString(), "found " + found + ", expected " + expected)));
        this.position = position;
        this.found = found;
        this.expected = expected;
        this.excerpt = excerpt;
    }

    public JdlPosition position() {
        return position;
    }

    public String found() {
        return found;
    }

    public String expected() {
        return expected;
    }

    /** Returns the source line, shortened around the place, and below it a line whose caret points there. */
    public String excerpt() {
        return excerpt;
    }

    private static String excerpt(String text, int offset) {
        int from = offset;
        while (from > 0 && !isLineEnd(text.charAt(from - 1)) && offset - from < EXCERPT_BEFORE) {
            from--;
        }
        boolean cutBefore = from > 0 && !isLineEnd(text.charAt(from - 1));
        if (cutBefore && Character.isLowSurrogate(text.charAt(from))) {
            from++;
        }
        int to = offset;
        while (to < text.length() && !isLineEnd(text.charAt(to)) && to - offset < EXCERPT_AFTER) {
            to++;
        }
        boolean cutAfter = to < text.length() && !isLineEnd(text.charAt(to));
        if (cutAfter && to > from && Character.isHighSurrogate(text.charAt(to - 1))) {
            to--;
        }
        StringBuilder line = new StringBuilder(cutBefore ? "…" : "");
        // a terminal must not obey what a description holds, and the caret must stay below its character
        text.substring(from, to)
                .codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .forEach(line::appendCodePoint);
        line.append(cutAfter ? "…" : "");
        int indent = text.codePointCount(from, Math.max(from, offset)) + (cutBefore ? 1 : 0);
        return line.append('\n').append(" ".repeat(indent)).append('^').toString();
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }
}
