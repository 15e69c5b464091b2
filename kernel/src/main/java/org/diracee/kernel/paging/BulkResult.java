/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.paging;

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
}
