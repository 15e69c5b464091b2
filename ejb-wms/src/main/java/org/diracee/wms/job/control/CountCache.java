/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Remembers for a minute how many jobs met some conditions, where counting them is dear. Each node remembers its own.
 */
@ApplicationScoped
public class CountCache {

    private static final Duration KEPT = Duration.ofSeconds(60);
    private static final int SIZE = 1_000;

    private final Map<Object, Count> counts = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Count> eldest) {
            return size() > SIZE;
        }
    };
    private Clock clock;

    protected CountCache() {} // for the container's proxy

    @Inject
    public CountCache(Clock clock) {
        this.clock = clock;
    }

    /** @param query a value that equals itself for the same question */
    public OptionalLong find(Object query) {
        synchronized (counts) {
            Count count = counts.get(query);
            return count == null || clock.instant().isAfter(count.at.plus(KEPT))
                    ? OptionalLong.empty()
                    : OptionalLong.of(count.jobs);
        }
    }

    public void keep(Object query, long jobs) {
        synchronized (counts) {
            counts.remove(query);
            counts.put(query, new Count(jobs, clock.instant()));
        }
    }

    private record Count(long jobs, Instant at) {}
}
