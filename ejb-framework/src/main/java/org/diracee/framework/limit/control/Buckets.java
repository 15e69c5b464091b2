/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.limit.control;

import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Token buckets in the memory of this node, one number each: the time at which the bucket will be full again. There are never more than
 * a fixed number; full ones are forgotten, and those for whom there is no room share one.
 */
public final class Buckets<K> {

    private static final long NANOS = 1_000_000_000L;

    private final ConcurrentHashMap<K, AtomicLong> buckets = new ConcurrentHashMap<>();
    private final AtomicLong rest = new AtomicLong();
    private final AtomicLong swept = new AtomicLong();
    private final int most;

    public Buckets(int most) {
        this.most = most;
    }

    /** Takes one out of the key's bucket, if there is one in it. */
    public Taken take(K key, Limit limit, Instant at) {
        long now = at.getEpochSecond() * NANOS + at.getNano();
        AtomicLong bucket = bucket(key, now);
        long between = limit.nanosBetween();
        long depth = between * limit.atOnce();
        while (true) {
            long known = bucket.get();
            long full = Math.max(known, now) + between;
            if (full - now > depth) {
                return new Taken(false, 0, full - now - depth, Math.max(0, known - now));
            }
            if (bucket.compareAndSet(known, full)) {
                return new Taken(true, (depth - (full - now)) / between, 0, full - now);
            }
        }
    }

    public int size() {
        return buckets.size();
    }

    private AtomicLong bucket(K key, long now) {
        AtomicLong known = buckets.get(key);
        if (known != null) {
            return known;
        }
        if (buckets.size() >= most) {
            sweep(now);
            if (buckets.size() >= most) {
                return rest;
            }
        }
        return buckets.computeIfAbsent(key, fresh -> new AtomicLong());
    }

    /** At most once a second: it looks at all of them. */
    private void sweep(long now) {
        long last = swept.get();
        if (now - last >= NANOS && swept.compareAndSet(last, now)) {
            buckets.values().removeIf(bucket -> bucket.get() <= now);
        }
    }

    /**
     * What came of it.
     *
     * @param left how many more are allowed at once
     * @param delay nanoseconds until one is allowed
     * @param untilFull nanoseconds until all are
     */
    public record Taken(boolean allowed, long left, long delay, long untilFull) {}
}
