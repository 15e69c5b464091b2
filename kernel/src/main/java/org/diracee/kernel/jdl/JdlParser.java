/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.jdl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads job descriptions. Comments run from {@code //} to the end of the line, between slash-star and star-slash, and from a
 * {@code #} that begins a line. Hostile text costs no more than its length: size, nesting and names are bounded.
 *
 * @see "WMS reference 4.1"
 */
public final class JdlParser {

    /** Characters that a text may have. */
    public static final int MAX_TEXT_LENGTH = 8 * 1024 * 1024;

    private static final String VALUE =
            "a value: a text in double quotes, a number, true, false, a list {...} or a record [...]";
    private static final String ESCAPES =
            "one of \\\" \\\\ \\' \\/ \\n \\t \\r \\b \\f or an octal code from \\001 to \\377";
    private static final int MAX_SHOWN = 40;

    private final String text;
    private int at;
    private int depth;

    private JdlParser(String text) {
        this.text = text;
        if (text.length() > MAX_TEXT_LENGTH) {
            throw error(
                    0,
                    "a text of " + text.length() + " characters",
                    "a text of at most " + MAX_TEXT_LENGTH + " characters");
        }
        if (text.startsWith("\uFEFF")) { // the mark that some editors put before UTF-8
            at = 1;
        }
    }

    /**
     * Reads a job description; the outer brackets may be left out.
     *
     * @throws JdlSyntaxError if the text is none
     */
    public static JdlRecord parse(String text) {
        JdlParser parser = new JdlParser(text);
        parser.skipBlanks();
        JdlRecord record = parser.peek() == '[' ? parser.record() : parser.bareRecord();
        parser.expectEnd();
        return record;
    }

    /**
     * Reads a single value; a record needs its brackets.
     *
     * @throws JdlSyntaxError if the text is none
     */
    public static JdlValue parseValue(String text) {
        JdlParser parser = new JdlParser(text);
        parser.skipBlanks();
        JdlValue value = parser.value();
        parser.expectEnd();
        return value;
    }

    private void expectEnd() {
        skipBlanks();
        if (at < text.length()) {
            throw unexpected("the end of the text");
        }
    }

    private JdlRecord record() {
        int open = at;
        enter();
        JdlRecord record = attributes(open);
        at++;
        depth--;
        return record;
    }

    private JdlRecord bareRecord() {
        depth++;
        return attributes(-1);
    }

    /** Reads attributes up to the bracket that closes the one at {@code open}, or up to the end of the text if that is -1. */
    private JdlRecord attributes(int open) {
        List<JdlAttribute> attributes = new ArrayList<>();
        Map<String, Integer> offsets = new HashMap<>();
        while (true) {
            skipBlanks();
            if (recordEndsHere(open)) {
                return JdlRecord.of(attributes);
            }
            JdlAttribute attribute = attribute(open, offsets);
            attributes.add(attribute);
            skipBlanks();
            if (peek() == ';') {
                at++;
            } else if (!recordEndsHere(open)) {
                throw unexpected("';' after the value of " + attribute.name() + orCloses(open, ']'));
            }
        }
    }

    private boolean recordEndsHere(int open) {
        return open < 0 ? at == text.length() : peek() == ']';
    }

    private JdlAttribute attribute(int open, Map<String, Integer> offsets) {
        int start = at;
        int end = JdlAttribute.nameEnd(text, at);
        if (end == start) {
            throw unexpected("the name of an attribute" + orCloses(open, ']'));
        }
        String name = text.substring(start, end);
        if (name.length() > JdlAttribute.MAX_NAME_LENGTH) {
            throw error(
                    start,
                    "a name of " + name.length() + " characters",
                    "a name of at most " + JdlAttribute.MAX_NAME_LENGTH + " characters");
        }
        Integer earlier = offsets.putIfAbsent(JdlRecord.key(name), start);
        if (earlier != null) {
            String first = text.substring(earlier, earlier + name.length());
            throw error(
                    start,
                    "attribute '" + name + "' a second time",
                    "each attribute once; '" + first + "' is already at " + JdlPosition.of(text, earlier));
        }
        at = end;
        skipBlanks();
        if (peek() != '=') {
            throw unexpected("'=' after the name " + name);
        }
        at++;
        skipBlanks();
        return new JdlAttribute(name, value());
    }

    private JdlValue value() {
        char c = peek();
        return switch (c) {
            case '"' -> new JdlText(quoted());
            case '{' -> list();
            case '[' -> record();
            case '%' -> placeholder();
            default -> {
                if (isDigit(c) || c == '-' || c == '+' || c == '.') {
                    yield number();
                }
                yield word();
            }
        };
    }

    private JdlList list() {
        int open = at;
        enter();
        List<JdlValue> items = new ArrayList<>();
        skipBlanks();
        if (peek() != '}') {
            items.add(value());
            skipBlanks();
            while (peek() == ',') {
                at++;
                skipBlanks();
                if (peek() == '}') {
                    throw unexpected("a value after ',' (a list has no comma after its last value)");
                }
                items.add(value());
                skipBlanks();
            }
            if (peek() != '}') {
                throw unexpected("',' between the values of the list" + orCloses(open, '}'));
            }
        }
        at++;
        depth--;
        return JdlList.of(items);
    }

    private void enter() {
        if (depth == JdlValue.MAX_DEPTH) {
            throw error(
                    at,
                    "a list or record inside " + depth + " others",
                    "at most " + JdlValue.MAX_DEPTH + " levels of nesting");
        }
        depth++;
        at++;
    }

    private JdlValue word() {
        int end = JdlAttribute.nameEnd(text, at);
        if (end == at) {
            throw unexpected(VALUE);
        }
        String word = text.substring(at, end);
        switch (word.toLowerCase(Locale.ROOT)) {
            case "true", "false" -> {
                at = end;
                return new JdlBoolean(word.length() == "true".length());
            }
            default ->
                throw unexpected(VALUE + " (there are no expressions; a text needs quotes: \"" + shown(word) + "\")");
        }
    }

    /** Reads a bare placeholder of a sweep, which stands for the quoted one. */
    private JdlText placeholder() {
        int end = at + 2;
        if (text.startsWith("(", at + 1)) {
            int nameEnd = at + 2;
            while (nameEnd < text.length()
                    && (JdlAttribute.isNamePart(text.charAt(nameEnd)) || text.charAt(nameEnd) == '.')) {
                nameEnd++;
            }
            end = text.startsWith(")s", nameEnd) && nameEnd > at + 2 ? nameEnd + 2 : -1;
        } else if (end > text.length() || "snj".indexOf(text.charAt(at + 1)) < 0) {
            end = -1;
        }
        if (end < 0 || (end < text.length() && JdlAttribute.isNamePart(text.charAt(end)))) {
            throw unexpected(VALUE + " (a placeholder is %s, %(NAME)s, %n or %j)");
        }
        JdlText placeholder = new JdlText(text.substring(at, end));
        at = end;
        return placeholder;
    }

    private JdlValue number() {
        int start = at;
        if (peek() == '-' || peek() == '+') {
            at++;
        }
        int digits = at;
        skipDigits();
        boolean whole = at > digits;
        if (whole && text.charAt(digits) == '0' && (peek() == 'x' || peek() == 'X')) {
            throw error(start, numberToken(start), "a decimal number");
        }
        if (at - digits > 1 && text.charAt(digits) == '0') {
            throw error(start, numberToken(start), "a number without leading zeros, or a text in double quotes");
        }
        boolean real = false;
        boolean wellFormed = whole;
        if (wellFormed && peek() == '.') {
            real = true;
            at++;
            wellFormed = skipDigits();
        }
        if (wellFormed && (peek() == 'e' || peek() == 'E')) {
            real = true;
            at++;
            if (peek() == '-' || peek() == '+') {
                at++;
            }
            wellFormed = skipDigits();
        }
        if (!wellFormed || peek() == '.' || JdlAttribute.isNamePart(peek())) {
            throw error(start, numberToken(start), "a number such as 12, -3, 0.5 or 1e6, or a text in double quotes");
        }
        return real ? real(start) : integer(start);
    }

    private JdlReal real(int start) {
        double value = Double.parseDouble(text.substring(start, at));
        if (!Double.isFinite(value)) {
            throw error(start, numberToken(start), "a number of at most " + Double.MAX_VALUE);
        }
        return new JdlReal(value);
    }

    private JdlInteger integer(int start) {
        try {
            return new JdlInteger(Long.parseLong(text, start, at, 10));
        } catch (NumberFormatException tooLarge) {
            throw error(
                    start,
                    numberToken(start),
                    "an integer from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE + ", or a text in double quotes");
        }
    }

    private boolean skipDigits() {
        int start = at;
        while (isDigit(peek())) {
            at++;
        }
        return at > start;
    }

    private String quoted() {
        int open = at;
        at++;
        int end = at;
        while (end < text.length() && isPlain(text.charAt(end))) {
            end++;
        }
        if (end < text.length() && text.charAt(end) == '"') {
            String plain = text.substring(at, end);
            at = end + 1;
            return plain;
        }
        StringBuilder value = new StringBuilder();
        while (true) {
            if (at == text.length() || text.charAt(at) == '\n' || text.charAt(at) == '\r') {
                throw error(
                        open,
                        "a text that does not end on its line",
                        "'\"' at its end (a line break in a text is \\n)");
            }
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return value.toString();
            }
            if (c == '\\') {
                escape(value);
            } else {
                character(value, c);
            }
        }
    }

    /** Tells whether a character stands for itself in a text, needing no look at its neighbours. */
    private static boolean isPlain(char c) {
        return c >= ' ' && c != '"' && c != '\\' && !Character.isSurrogate(c);
    }

    private void character(StringBuilder value, char c) {
        boolean pair =
                Character.isHighSurrogate(c) && at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
        if (Character.isSurrogate(c) && !pair) {
            throw error(at, "half of a surrogate pair", "a character");
        }
        if (c < ' ' && c != '\t') {
            throw error(
                    at,
                    "the control character " + codePoint(c),
                    "a printable character (or an octal code such as \\033)");
        }
        value.append(text, at, pair ? at + 2 : at + 1);
        at += pair ? 2 : 1;
    }

    private void escape(StringBuilder value) {
        int start = at;
        at++;
        char c = peek();
        at++;
        switch (c) {
            case '"', '\\', '\'', '/' -> value.append(c);
            case 'n' -> value.append('\n');
            case 't' -> value.append('\t');
            case 'r' -> value.append('\r');
            case 'b' -> value.append('\b');
            case 'f' -> value.append('\f');
            case '0', '1', '2', '3' -> value.append(octal(start));
            default ->
                throw error(start, "the unknown escape '\\" + (c < ' ' ? "" : character(start + 1)) + "'", ESCAPES);
        }
    }

    private char octal(int start) {
        int code = 0;
        for (at = start + 1; at < start + 4; at++) {
            int digit = peek() - '0';
            if (digit < 0 || digit > 7) {
                throw error(start, "an octal code of less than three digits", ESCAPES);
            }
            code = code * 8 + digit;
        }
        if (code == 0) {
            throw error(start, "the escape '\\000'", ESCAPES);
        }
        return (char) code;
    }

    private void skipBlanks() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
                at++;
            } else if (text.startsWith("//", at) || (c == '#' && beginsLine())) {
                skipLine();
            } else if (text.startsWith("/*", at)) {
                int close = text.indexOf("*/", at + 2);
                if (close < 0) {
                    throw error(at, "a comment that does not end", "*/ at its end");
                }
                at = close + 2;
            } else {
                return;
            }
        }
    }

    private boolean beginsLine() {
        int before = at - 1;
        while (before >= 0 && (text.charAt(before) == ' ' || text.charAt(before) == '\t')) {
            before--;
        }
        return before < 0 || "\n\r\uFEFF".indexOf(text.charAt(before)) >= 0;
    }

    private void skipLine() {
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
    }

    /** Returns the next character, or NUL, which no rule accepts, at the end. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Ends what was expected with the closing bracket, and with the place of the open one if the text ends too early. */
    private String orCloses(int open, char close) {
        if (open < 0) {
            return "";
        }
        String or = " or '" + close + "'";
        return at < text.length() ? or : or + " for the '" + text.charAt(open) + "' at " + JdlPosition.of(text, open);
    }

    private JdlSyntaxError unexpected(String expected) {
        String found;
        char c = peek();
        if (at == text.length()) {
            found = "the end of the text";
        } else if (isDigit(c)) {
            found = numberToken(at);
        } else if (c == '"') {
            int end = at + 1;
            while (end < text.length() && isPlain(text.charAt(end))) {
                end++;
            }
            found = "the text \"" + shown(text.substring(at + 1, end)) + "\"";
        } else if (c == '#') {
            return error(at, "'#'", expected + " (# begins a comment only at the start of a line; // does anywhere)");
        } else {
            int end = JdlAttribute.nameEnd(text, at);
            found = end > at ? "'" + shown(text.substring(at, end)) + "'" : "'" + character(at) + "'";
        }
        return error(at, found, expected);
    }

    private String numberToken(int start) {
        int end = start;
        while (end < text.length()
                && (JdlAttribute.isNamePart(text.charAt(end)) || ".+-".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        return "'" + shown(text.substring(start, end)) + "'";
    }

    /** Shows the character at {@code offset}, by its code too if it is one that looks like another or like none. */
    private String character(int offset) {
        int c = text.codePointAt(offset);
        if (c > ' ' && c < 0x7f) {
            return Character.toString(c);
        }
        return Character.isLetterOrDigit(c) ? Character.toString(c) + " " + codePoint(c) : codePoint(c);
    }

    private static String codePoint(int c) {
        return "U+%04X".formatted(c);
    }

    private static String shown(String token) {
        return token.length() <= MAX_SHOWN
                ? token
                : token.substring(0, token.offsetByCodePoints(0, token.codePointCount(0, MAX_SHOWN))) + "...";
    }

    private JdlSyntaxError error(int offset, String found, String expected) {
        return new JdlSyntaxError(text, offset, found, expected);
    }
}
