/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.control;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which computing elements fail, and how long they are left alone: of the cycles after a failure only every n-th tries
 * again. Kept in memory, since forgetting it costs one try.
 */
public final class CeFailures {

    private final Map<String, Count> failing = new ConcurrentHashMap<>();

    /** @param skipped cycles since the last try */
    private record Count(int failures, int skipped) {}

    /**
     * Whether this cycle leaves the computing element alone.
     *
     * @param factor every how many cycles one that fails is tried
     */
    public boolean skips(String computingElement, int factor) {
        Count count = failing.computeIfPresent(
                computingElement, (name, known) -> new Count(known.failures, known.skipped + 1));
        return count != null && count.skipped < factor;
    }

    /** @return how many times in a row it failed by now */
    public int failed(String computingElement) {
        Count count =
                failing.merge(computingElement, new Count(1, 0), (known, one) -> new Count(known.failures + 1, 0));
        return count.failures;
    }

    public void succeeded(String computingElement) {
        failing.remove(computingElement);
    }
}
