/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.value;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The logical name of a file or directory in a catalogue: an absolute path whose first part is the VO, as {@code /demo/user/a/alice}.
 *
 * <p>The constructor takes the usual spellings of the same name, with {@code lfn:} or {@code /grid/} before it or with needless
 * slashes, and keeps the one above.
 *
 * @see "DMS reference 2"
 */
public record Lfn(String text) implements Comparable<Lfn> {

    public static final Lfn ROOT = new Lfn("/");

    /** In bytes of UTF-8. */
    public static final int LONGEST = 1024;

    /** How many parts it may have: a directory is a row for each of those above it. */
    public static final int DEEPEST = 32;

    private static final int LONGEST_NAME = 255;
    private static final String SCHEME = "lfn:";
    private static final String GRID = "grid";

    /** @throws InvalidValue unless the text is an absolute path without parts that no name can be */
    public Lfn {
        text = normalised(text);
    }

    /** The directory that this is in; empty for the root. */
    public Optional<Lfn> parent() {
        return equals(ROOT) ? Optional.empty() : Optional.of(new Lfn(text.substring(0, text.lastIndexOf('/') + 1)));
    }

    /** The directories that this is in, the root first. */
    public List<Lfn> ancestors() {
        List<Lfn> ancestors = new ArrayList<>();
        for (Optional<Lfn> next = parent(); next.isPresent(); next = next.get().parent()) {
            ancestors.add(0, next.get());
        }
        return List.copyOf(ancestors);
    }

    /** The last part; empty for the root. */
    public String name() {
        return text.substring(text.lastIndexOf('/') + 1);
    }

    /** The first part, if a VO can have that name. */
    public Optional<VoName> vo() {
        int end = text.indexOf('/', 1);
        try {
            return Optional.of(new VoName(text.substring(1, end < 0 ? text.length() : end)));
        } catch (InvalidValue noVo) {
            return Optional.empty();
        }
    }

    /** What has this name in the directory. */
    public Lfn child(String name) {
        return new Lfn(text + "/" + name);
    }

    /** Whether it is this or lies anywhere below it. */
    public boolean holds(Lfn other) {
        return equals(ROOT) || other.equals(this) || other.text.startsWith(text + "/");
    }

    /** What this is after a directory that holds it got another name. */
    public Lfn moved(Lfn from, Lfn to) {
        return new Lfn(to.text + "/" + text.substring(from.text.length()));
    }

    @Override
    public int compareTo(Lfn other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }

    private static String normalised(String text) {
        String path = text.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) ? text.substring(SCHEME.length()) : text;
        require(path.startsWith("/"), text);
        List<String> parts = Arrays.stream(path.split("/", -1))
                .filter(part -> !part.isEmpty())
                .toList();
        int begin = 0;
        while (begin < parts.size() - 1 && parts.get(begin).equals(GRID)) {
            begin++; // every one, so that what is kept is kept when it is read again
        }
        parts = parts.subList(begin, parts.size());
        require(parts.size() <= DEEPEST, text);
        for (String part : parts) {
            require(!part.equals(".") && !part.equals("..") && bytes(part) <= LONGEST_NAME, text);
        }
        path = "/" + String.join("/", parts);
        require(bytes(path) <= LONGEST && path.codePoints().allMatch(Lfn::printable), text);
        return path;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static boolean printable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            default -> true;
        };
    }

    private static void require(boolean allowed, String text) {
        if (!allowed) {
            throw new InvalidValue(
                    "LFN",
                    text.codePoints()
                            .map(character -> printable(character) ? character : '?')
                            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                            .toString(),
                    "an absolute path such as /vo/user/a/alice/file, without . or .. among its parts and without control"
                            + " characters, of at most " + LONGEST + " bytes and " + DEEPEST
                            + " parts with names of at most "
                            + LONGEST_NAME + " bytes");
        }
    }
}
