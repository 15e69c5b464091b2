/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import java.util.Optional;

/**
 * What names, values and comments may consist of, so that every document can be written and read back.
 *
 * @see "Framework reference 1.1"
 */
final class ConfigurationText {

    static final String ALLOWED_NAME = "a name of printable characters without '/', '{', '}', '=', '#'";
    static final String ALLOWED_CHARACTERS = "printable characters, blanks and tabs";

    private static final String NOT_IN_NAMES = "/{}=#";
    private static final int MAX_SHOWN = 40;

    private ConfigurationText() {}

    /** @throws InvalidConfiguration if this cannot be the name of a section or option */
    static String name(String name) {
        nameProblem(name).ifPresent(found -> {
            throw new InvalidConfiguration("found " + found + ", allowed is " + ALLOWED_NAME);
        });
        return name;
    }

    /** What is wrong with a name, if anything. */
    static Optional<String> nameProblem(String name) {
        if (name.isBlank()) {
            return Optional.of("an empty name");
        }
        for (int i = 0; i < name.length(); i++) {
            if (NOT_IN_NAMES.indexOf(name.charAt(i)) >= 0) {
                return Optional.of("'" + name.charAt(i) + "' in the name " + shown(name));
            }
        }
        int refused = refused(name);
        if (refused >= 0) {
            return Optional.of(character(name, refused) + " in a name");
        }
        return Character.isWhitespace(name.charAt(0)) || Character.isWhitespace(name.charAt(name.length() - 1))
                ? Optional.of("a blank at an end of the name " + shown(name))
                : Optional.empty();
    }

    /**
     * The value without blanks around it.
     *
     * @throws InvalidConfiguration if it has line ends or control characters
     */
    static String value(String value) {
        String stripped = value.strip();
        int refused = refused(stripped);
        if (refused >= 0) {
            throw new InvalidConfiguration(
                    "found " + character(stripped, refused) + " in a value, allowed are " + ALLOWED_CHARACTERS);
        }
        return stripped;
    }

    /**
     * The lines of a comment separated by LF, without blanks at their ends; empty if they say nothing.
     *
     * @throws InvalidConfiguration if it has control characters
     */
    static String comment(String comment) {
        if (comment.isBlank()) {
            return "";
        }
        StringBuilder lines = new StringBuilder();
        for (String line : comment.split("\\R", -1)) {
            int refused = refused(line);
            if (refused >= 0) {
                throw new InvalidConfiguration(
                        "found " + character(line, refused) + " in a comment, allowed are " + ALLOWED_CHARACTERS);
            }
            lines.append(line.stripTrailing()).append('\n');
        }
        return lines.substring(0, lines.length() - 1);
    }

    /** One comment below another. */
    static String joined(String first, String second) {
        return first.isEmpty() ? second : second.isEmpty() ? first : first + '\n' + second;
    }

    /** The place of the first character that no text may have, or -1. */
    static int refused(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < '\u007F') {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (c != '\t' && isRefused(c)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isRefused(char c) {
        return Character.isISOControl(c)
                || Character.isSurrogate(c)
                || c == '\u2028'
                || c == '\u2029'
                || c == '\uFEFF'
                || c >= '\uFFFE';
    }

    static String character(String text, int at) {
        return String.format("the character U+%04X", text.codePointAt(at));
    }

    /** A text in quotes, cut and without control characters, for messages. */
    static String shown(String text) {
        boolean cut = text.codePointCount(0, text.length()) > MAX_SHOWN;
        String part = cut ? text.substring(0, text.offsetByCodePoints(0, MAX_SHOWN)) + "…" : text;
        StringBuilder shown = new StringBuilder("'");
        part.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? ' ' : c)
                .forEach(shown::appendCodePoint);
        return shown.append('\'').toString();
    }
}
