/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.certificate.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Files that others replace at any time: each is read once and again only when it has changed, which is looked at every few
 * seconds. No thread, no start: only what is asked for is read.
 */
final class WatchedFiles<T> {

    /** Together with how long verified chains are remembered less than the minute within which a change has to count. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    /** Names come from certificates that anybody may send. */
    private static final int MOST = 2_000;

    /** Makes a value of a file. */
    interface Reader<T> {
        T read(Path file) throws IOException;
    }

    private final Reader<T> reader;
    private final Clock clock;
    private final Map<Path, Known<T>> known = new ConcurrentHashMap<>();

    WatchedFiles(Reader<T> reader, Clock clock) {
        this.reader = reader;
        this.clock = clock;
    }

    /**
     * What the file holds; empty if there is none.
     *
     * @throws IOException if it is there and cannot be read
     */
    Optional<T> read(Path file) throws IOException {
        Instant now = clock.instant();
        Known<T> before = known.get(file);
        if (before != null && now.isBefore(before.looked().plus(PAUSE)) && !now.isBefore(before.looked())) {
            return Optional.ofNullable(before.value());
        }
        Object state = state(file);
        T value = null;
        if (before != null && state.equals(before.state())) {
            value = before.value();
        } else if (!state.equals(ABSENT)) {
            value = reader.read(file);
        }
        if (known.size() >= MOST) {
            known.clear();
        }
        known.put(file, new Known<>(state, value, now));
        return Optional.ofNullable(value);
    }

    private static final String ABSENT = "absent";

    /** Differs after every replacement, also within the same second. */
    private static Object state(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
        } catch (NoSuchFileException absent) {
            return ABSENT;
        }
    }

    private record Known<T>(Object state, @Nullable T value, Instant looked) {}
}
