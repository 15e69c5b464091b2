/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The places where an option may stand: names of sections separated by slashes, of which some are placeholders in braces and
 * some, in brackets, may be left out; for instance {@code Resources/Sites/[{grid}/]{site}/Platform}. In {@code Operations} the
 * placeholder {@code {vo}} also means {@code Defaults}. A {@code **} at the end stands for everything below.
 */
public record OptionPath(String pattern) {

    private static final Pattern FORM =
            Pattern.compile("(\\{[a-z]+}|\\*\\*|[^/{}\\[\\]*]+)(/(\\{[a-z]+}|\\*\\*|[^/{}\\[\\]*]+))*");

    /** @throws IllegalArgumentException if the pattern is malformed; that is a mistake in the program */
    public OptionPath {
        for (String variant : expanded(pattern)) {
            if (!FORM.matcher(variant).matches()) {
                throw new IllegalArgumentException("No pattern of an option's path: " + pattern);
            }
        }
    }

    /** The pattern without brackets, once for each way of leaving out what is in them; the longest first. */
    public List<String> variants() {
        return expanded(pattern);
    }

    /** The name of the option itself. */
    public String name() {
        return pattern.substring(Math.max(pattern.lastIndexOf('/'), pattern.lastIndexOf(']')) + 1);
    }

    /**
     * The path with names in place of the placeholders, in their order.
     *
     * @throws IllegalArgumentException if there are not as many names as placeholders
     */
    public String at(String... names) {
        StringBuilder path = new StringBuilder();
        int next = 0;
        for (String part : pattern.split("/", -1)) {
            path.append(path.length() == 0 ? "" : "/");
            if (part.startsWith("{") && next < names.length) {
                path.append(names[next]);
                next++;
            } else {
                path.append(part);
            }
        }
        if (next < names.length || path.indexOf("{") >= 0 || path.indexOf("[") >= 0) {
            throw new IllegalArgumentException(names.length + " names do not make " + pattern + " a path");
        }
        return path.toString();
    }

    @Override
    public String toString() {
        return pattern;
    }

    private static List<String> expanded(String pattern) {
        int open = pattern.indexOf('[');
        if (open < 0) {
            return List.of(pattern);
        }
        int close = closing(pattern, open);
        String before = pattern.substring(0, open);
        String after = pattern.substring(close + 1);
        List<String> variants = new ArrayList<>(expanded(before + pattern.substring(open + 1, close) + after));
        variants.addAll(expanded(before + after));
        return List.copyOf(variants);
    }

    private static int closing(String pattern, int open) {
        int depth = 0;
        for (int at = open; at < pattern.length(); at++) {
            depth += pattern.charAt(at) == '[' ? 1 : pattern.charAt(at) == ']' ? -1 : 0;
            if (depth == 0) {
                return at;
            }
        }
        throw new IllegalArgumentException("A bracket is not closed: " + pattern);
    }
}
