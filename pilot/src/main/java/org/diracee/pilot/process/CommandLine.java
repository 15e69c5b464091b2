/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.process;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits arguments as a shell would, without a shell: blanks separate, single and double quotes keep together, a backslash takes
 * the next character as it is. Nothing is expanded: no variables, no patterns, no commands.
 */
public final class CommandLine {

    private final String text;
    private int at;

    private CommandLine(String text) {
        this.text = text;
    }

    /** @throws UnbalancedQuotes if a quote is not closed or the text ends with a backslash */
    public static List<String> split(String text) {
        return new CommandLine(text).words();
    }

    private List<String> words() {
        List<String> words = new ArrayList<>();
        while (true) {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            if (at == text.length()) {
                return words;
            }
            words.add(word());
        }
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
            char c = text.charAt(at);
            switch (c) {
                case '\'' -> singleQuoted(word);
                case '"' -> doubleQuoted(word);
                case '\\' -> word.append(escaped());
                default -> {
                    word.append(c);
                    at++;
                }
            }
        }
        return word.toString();
    }

    private void singleQuoted(StringBuilder word) {
        int close = text.indexOf('\'', at + 1);
        if (close < 0) {
            throw new UnbalancedQuotes(text, at, "single quote is not closed");
        }
        word.append(text, at + 1, close);
        at = close + 1;
    }

    private void doubleQuoted(StringBuilder word) {
        int open = at;
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at);
            // within double quotes a backslash is one unless what follows is special there
            if (c == '\\' && at + 1 < text.length() && "\"\\$`".indexOf(text.charAt(at + 1)) >= 0) {
                word.append(escaped());
            } else {
                word.append(c);
                at++;
            }
        }
        if (at == text.length()) {
            throw new UnbalancedQuotes(text, open, "double quote is not closed");
        }
        at++;
    }

    private char escaped() {
        if (at + 1 == text.length()) {
            throw new UnbalancedQuotes(text, at, "backslash has nothing after it");
        }
        at += 2;
        return text.charAt(at - 1);
    }

    /** Arguments that end in the middle of a quotation. */
    public static final class UnbalancedQuotes extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnbalancedQuotes(String text, int offset, String what) {
            super("Arguments '" + text + "': the " + what + " (character " + (offset + 1) + ")");
        }
    }
}
