/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.wrapper;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.PatternSyntaxException;

/**
 * The files that an output sandbox takes: those that its patterns match within the job's directory.
 *
 * @param found by their names in the archive
 * @param missing the patterns that nothing matched
 */
record OutputFiles(Map<String, Path> found, List<String> missing) {

    /**
     * Finds the files.
     *
     * @param patterns names, or patterns with {@code *}, {@code ?}, {@code [..]} and {@code {..}}; {@code *} stays in one directory
     */
    static OutputFiles find(Path directory, List<String> patterns) throws IOException {
        Path top = directory.toRealPath();
        Map<String, Path> found = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        for (String pattern : patterns) {
            if (pattern.startsWith("LFN:")) {
                continue;
            }
            if (add(top, pattern.replaceFirst("^(\\./)+", ""), found) == 0) {
                missing.add(pattern);
            }
        }
        return new OutputFiles(found, missing);
    }

    private static int add(Path top, String pattern, Map<String, Path> found) throws IOException {
        Path direct = plain(top, pattern);
        if (direct != null) {
            return take(top, direct, found);
        }
        PathMatcher matcher;
        try {
            matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        } catch (PatternSyntaxException noPattern) {
            return 0;
        }
        List<Path> matches = new ArrayList<>();
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                if (!visited.equals(top) && matcher.matches(top.relativize(visited))) {
                    matches.add(visited);
                    return FileVisitResult.SKIP_SUBTREE;
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path visited, BasicFileAttributes attributes) {
                if (matcher.matches(top.relativize(visited))) {
                    matches.add(visited);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path visited, IOException failure) {
                return FileVisitResult.CONTINUE;
            }
        });
        int taken = 0;
        for (Path match : matches) {
            taken += take(top, match, found);
        }
        return taken;
    }

    private static @org.jspecify.annotations.Nullable Path plain(Path top, String name) {
        if (name.indexOf('\0') >= 0 || name.isEmpty()) {
            return null;
        }
        Path path = top.resolve(name).normalize();
        return path.startsWith(top) && !path.equals(top) && Files.exists(path) ? path : null;
    }

    /** Takes a file, or the plain files of a directory; a link counts as the file it leads to, if that is in the job's directory. */
    private static int take(Path top, Path match, Map<String, Path> found) throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(match) && match.toRealPath().startsWith(top)) {
            try (var below = Files.walk(match)) {
                below.filter(path -> !Files.isDirectory(path)).forEach(files::add);
            } catch (java.io.UncheckedIOException unreadable) {
                // what can be read is taken
            }
        } else {
            files.add(match);
        }
        int taken = 0;
        for (Path file : files) {
            if (Files.isRegularFile(file) && Files.isReadable(file)) {
                Path real = file.toRealPath();
                if (real.startsWith(top)) {
                    found.put(top.relativize(file).toString(), real);
                    taken++;
                }
            }
        }
        return taken;
    }
}
