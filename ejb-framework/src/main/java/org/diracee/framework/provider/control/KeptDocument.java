/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.provider.control;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A document of a provider in memory. Read anew when it is old, by one thread while the others go on with what is known; if the
 * provider does not answer, what is known stays good, and the provider is left alone for a while.
 *
 * @param <T> what the document says
 */
final class KeptDocument<T> {

    private static final Duration FRESH = Duration.ofMinutes(10);
    private static final Duration LEFT_ALONE = Duration.ofSeconds(5);
    private static final int PATIENCE_SECONDS = 10;

    private final Clock clock;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable T known;
    private volatile Instant read = Instant.MIN;
    private volatile Instant tried = Instant.MIN;
    private volatile @Nullable IOException failure;

    KeptDocument(Clock clock) {
        this.clock = clock;
    }

    /** Reads the document. */
    interface Source<T> {
        T read() throws IOException;
    }

    /** The document, read anew if it is old. @throws IOException if it never could be read and cannot now */
    T get(Source<T> source) throws IOException {
        T document = known;
        if (document == null) {
            return first(source);
        }
        if (isOver(read, FRESH) && isOver(tried, LEFT_ALONE) && reading.tryLock()) {
            try {
                renew(source);
            } finally {
                reading.unlock();
            }
        }
        T latest = known;
        return latest == null ? document : latest;
    }

    /** The document, read anew if that was not done a moment ago: for one that lacks what it should have. */
    T again(Source<T> source) throws IOException {
        T document = get(source);
        if (isOver(tried, LEFT_ALONE) && locked()) {
            try {
                if (isOver(tried, LEFT_ALONE)) {
                    renew(source);
                }
            } finally {
                reading.unlock();
            }
        }
        T latest = known;
        return latest == null ? document : latest;
    }

    private T first(Source<T> source) throws IOException {
        if (!locked()) {
            throw new IOException("others wait for the same answer");
        }
        try {
            if (known == null && isOver(tried, LEFT_ALONE)) {
                renew(source);
            }
            T document = known;
            if (document == null) {
                IOException last = failure;
                throw last == null ? new IOException("no answer") : last;
            }
            return document;
        } finally {
            reading.unlock();
        }
    }

    private void renew(Source<T> source) {
        try {
            known = source.read();
            read = clock.instant();
            failure = null;
        } catch (IOException failed) {
            failure = failed;
        } finally {
            tried = clock.instant();
        }
    }

    private boolean isOver(Instant since, Duration span) {
        return since.equals(Instant.MIN) || !clock.instant().isBefore(since.plus(span));
    }

    private boolean locked() {
        try {
            return reading.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException shuttingDown) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
