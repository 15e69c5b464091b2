/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.paging;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.diracee.kernel.error.Problem;

/** Outcome per key of a call on many things. */
public record BulkResult<K, V>(Map<K, V> success, Map<K, Problem> failed) {
    public BulkResult {
        success = Collections.unmodifiableMap(new LinkedHashMap<>(success));
        failed = Collections.unmodifiableMap(new LinkedHashMap<>(failed));
    }

    /** Both outcomes in the order that was asked; what has both has failed. */
    public static <K, V> BulkResult<K, V> inOrder(Collection<K> asked, Map<K, V> success, Map<K, Problem> failed) {
        Map<K, V> orderedSuccess = new LinkedHashMap<>();
        Map<K, Problem> orderedFailed = new LinkedHashMap<>();
        for (K key : asked) {
            Problem problem = failed.get(key);
            V value = success.get(key);
            if (problem != null) {
                orderedFailed.put(key, problem);
            } else if (value != null) {
                orderedSuccess.put(key, value);
            }
        }
        return new BulkResult<>(orderedSuccess, orderedFailed);
    }
}
