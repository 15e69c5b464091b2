/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.entity;

import java.util.LinkedHashMap;
import java.util.Map;

/** By how much a transaction changes the counters: one sum per key. */
public final class CounterChanges {

    private final Map<CounterKey, Long> sums = new LinkedHashMap<>();

    public CounterChanges add(CounterKey key, long jobs) {
        sums.merge(key, jobs, Long::sum);
        return this;
    }

    /** One job leaves a counter for another. */
    public CounterChanges move(CounterKey from, CounterKey to) {
        return from.equals(to) ? this : add(from, -1).add(to, 1);
    }

    /** The sums that are not zero. */
    public Map<CounterKey, Long> sums() {
        Map<CounterKey, Long> changes = new LinkedHashMap<>(sums);
        changes.values().removeIf(sum -> sum == 0);
        return changes;
    }
}
