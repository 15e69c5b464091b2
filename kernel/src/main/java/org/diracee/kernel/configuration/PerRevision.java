/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.configuration;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is worked out of the configuration, once for each snapshot of it. For several threads: those that meet a new snapshot at the
 * same time may each work it out, and get equal results.
 *
 * @param <T> immutable, or itself for several threads
 */
public final class PerRevision<T> {

    private final Function<Configuration, T> reader;
    private volatile @Nullable Reading<T> latest;

    public PerRevision(Function<Configuration, T> reader) {
        this.reader = reader;
    }

    /** What this snapshot says. */
    public T of(Configuration snapshot) {
        Reading<T> known = latest;
        if (known == null || known.snapshot != snapshot) {
            known = new Reading<>(snapshot, reader.apply(snapshot));
            latest = known;
        }
        return known.result;
    }

    private record Reading<T>(Configuration snapshot, T result) {}
}
