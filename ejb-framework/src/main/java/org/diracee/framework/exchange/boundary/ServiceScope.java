/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.exchange.boundary;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;

/**
 * One thing that a token allows at a storage or computing element: an action, and for data the directory or file that it is good
 * for, with all below.
 *
 * @param path absolute and in its one normal form; empty for what has none
 * @see "WLCG Common JWT Profiles 1.0, Capability-based authorization"
 */
public record ServiceScope(String action, Optional<String> path) {

    private static final List<String> OF_DATA =
            List.of("storage.read", "storage.create", "storage.modify", "storage.stage");
    private static final List<String> OF_JOBS =
            List.of("compute.read", "compute.modify", "compute.create", "compute.cancel");

    /** Bytes that our own code writes so in names with blanks or umlauts; none that could lead elsewhere. */
    private static final Pattern WRITTEN_BYTE = Pattern.compile("%(?!00|2E|2F|5C)[0-9A-F]{2}");

    /** Whatever could be read in two ways is not there: no %, no blank, no backslash, no query. */
    private static final Pattern PATH = Pattern.compile("/|(/[A-Za-z0-9._~+@=,:-]+)+/?");

    private static final int MOST = 50;
    private static final int LONGEST = 1024;
    private static final int SHOWN = 80;

    /**
     * Reads one word, such as {@code storage.read:/demo/user}.
     *
     * @throws InvalidRequest if it is none that we give
     */
    public static ServiceScope parse(String word) {
        return parse(word, false);
    }

    private static ServiceScope parse(String word, boolean withBytes) {
        int colon = word.indexOf(':');
        String action = colon < 0 ? word : word.substring(0, colon);
        if (colon < 0 && OF_JOBS.contains(action)) {
            return new ServiceScope(action, Optional.empty());
        }
        if (colon < 0 && OF_DATA.contains(action)) {
            throw invalid(word, "needs a path, such as " + action + ":/vo/user; for all it is " + action + ":/");
        }
        if (colon < 0 || !OF_DATA.contains(action)) {
            throw invalid(
                    word,
                    "is not understood: allowed are " + String.join(", ", OF_DATA) + ", each with : and a path, and "
                            + String.join(", ", OF_JOBS));
        }
        return new ServiceScope(action, Optional.of(normal(word, word.substring(colon + 1), withBytes)));
    }

    /**
     * Reads words separated by blanks, at least one.
     *
     * @throws InvalidRequest if one is none that we give
     */
    public static Set<ServiceScope> parseAll(String text) {
        return parseAll(text, false);
    }

    /**
     * The same for what our own code asks for: bytes of a path may be written as {@code %XX} in capitals.
     *
     * @throws InvalidRequest if one is none that we give
     */
    static Set<ServiceScope> parseOurs(String text) {
        return parseAll(text, true);
    }

    private static Set<ServiceScope> parseAll(String text, boolean withBytes) {
        String[] words = text.strip().split("\\s+", -1);
        if (text.isBlank() || words.length > MOST) {
            throw new InvalidRequest(ErrorCode.INVALID_SCOPE, "Invalid scope: 1 to " + MOST + " words are allowed");
        }
        return Arrays.stream(words)
                .map(word -> parse(word, withBytes))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Whether this allows all that the other does: the same action, there or above. */
    public boolean covers(ServiceScope other) {
        if (!action.equals(other.action) || path.isPresent() != other.path.isPresent()) {
            return false;
        }
        if (path.isEmpty() || other.path.isEmpty()) {
            return true;
        }
        String above = path.get();
        // with the slash, lest /demo/user covers /demo/user2
        return above.equals("/")
                || other.path.get().equals(above)
                || other.path.get().startsWith(above + "/");
    }

    /** The word in its normal form. */
    public String text() {
        return action + path.map(found -> ":" + found).orElse("");
    }

    /** The words in their order. */
    public static String text(Set<ServiceScope> scopes) {
        return scopes.stream().map(ServiceScope::text).collect(Collectors.joining(" "));
    }

    private static String normal(String word, String path, boolean withBytes) {
        String plain = withBytes ? WRITTEN_BYTE.matcher(path).replaceAll("_") : path;
        boolean isPlain = plain.length() <= LONGEST
                && PATH.matcher(plain).matches()
                && Arrays.stream(path.split("/", -1)).noneMatch(step -> step.equals(".") || step.equals(".."));
        if (!isPlain) {
            throw invalid(
                    word,
                    "has a path that is not plain: absolute, without //, . and .., with letters, digits and ._~+@=,:- only");
        }
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static InvalidRequest invalid(String word, String what) {
        String shown = word.length() <= SHOWN ? word : word.substring(0, SHOWN) + "…";
        return new InvalidRequest(ErrorCode.INVALID_SCOPE, "Invalid scope: '" + shown + "' " + what);
    }
}
