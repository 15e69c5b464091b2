/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.control;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One word of the scope of a token for storage: an action and the path that it is good for, with all below.
 *
 * <p>In the word, each part of the path has its bytes written as {@code %XX}, except letters, digits and some signs, because a word must
 * have no blank and a part may have any character.
 *
 * @param path its parts, from the root of the storage element or of what its tokens are good for
 * @see "WLCG Common JWT Profiles 1.0, Capability-based authorization; RFC 6749 3.3"
 */
public record StorageScope(StorageAction action, List<String> path) {

    private static final String PLAIN = "._~+@=,:-";
    private static final int HEXADECIMAL = 16;

    public StorageScope {
        path = List.copyOf(path);
    }

    /** @throws IllegalArgumentException if the path has parts that lead elsewhere */
    public static StorageScope of(StorageAction action, String path) {
        return new StorageScope(action, parts(path));
    }

    /** As much of the path, from its beginning, as has parts that are written as they are. */
    static String plainPart(String path) {
        return parts(path).stream()
                .takeWhile(part -> encoded(part).equals(part))
                .map(part -> "/" + part)
                .collect(Collectors.joining());
    }

    /** Reads the words of a scope; what is none of ours allows nothing. */
    public static List<StorageScope> parse(String scope) {
        return Arrays.stream(scope.strip().split("\\s+", -1))
                .flatMap(word -> word(word).stream())
                .toList();
    }

    public static String text(Collection<StorageScope> scopes) {
        return scopes.stream().map(StorageScope::text).sorted().collect(Collectors.joining(" "));
    }

    /** Whether this allows all that the other does. */
    public boolean covers(StorageScope other) {
        return action.includes(other.action)
                && path.size() <= other.path.size()
                && other.path.subList(0, path.size()).equals(path);
    }

    public String text() {
        return action.word() + ":/" + path.stream().map(StorageScope::encoded).collect(Collectors.joining("/"));
    }

    private static Optional<StorageScope> word(String word) {
        int colon = word.indexOf(':');
        try {
            return Arrays.stream(StorageAction.values())
                    .filter(action -> colon > 0 && action.word().equals(word.substring(0, colon)))
                    .filter(action -> word.startsWith("/", colon + 1))
                    .map(action -> new StorageScope(
                            action,
                            parts(word.substring(colon + 1)).stream()
                                    .map(StorageScope::decoded)
                                    .toList()))
                    .findFirst();
        } catch (IllegalArgumentException nonsense) {
            return Optional.empty();
        }
    }

    static List<String> parts(String path) {
        List<String> parts = Arrays.stream(path.split("/", -1))
                .filter(part -> !part.isEmpty())
                .toList();
        parts.forEach(StorageScope::require);
        return parts;
    }

    private static void require(String part) {
        if (part.equals(".") || part.equals("..") || part.contains("/")) {
            throw new IllegalArgumentException("A path has no part " + part);
        }
    }

    private static String encoded(String part) {
        StringBuilder text = new StringBuilder();
        for (byte each : part.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (each & 0xff);
            if (isPlain(character)) {
                text.append(character);
            } else {
                text.append(String.format(Locale.ROOT, "%%%02X", (int) character));
            }
        }
        return text.toString();
    }

    private static boolean isPlain(char character) {
        return character >= 'a' && character <= 'z'
                || character >= 'A' && character <= 'Z'
                || character >= '0' && character <= '9'
                || PLAIN.indexOf(character) >= 0;
    }

    private static String decoded(String part) {
        byte[] given = part.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[given.length];
        int length = 0;
        for (int at = 0; at < given.length; at++) {
            if (given[at] == '%') {
                // NumberFormatException is an IllegalArgumentException
                bytes[length++] = (byte) Integer.parseUnsignedInt(
                        new String(given, at + 1, Math.min(2, given.length - at - 1), StandardCharsets.UTF_8),
                        HEXADECIMAL);
                at += 2;
            } else {
                bytes[length++] = given[at];
            }
        }
        String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
        require(text);
        return text;
    }
}
