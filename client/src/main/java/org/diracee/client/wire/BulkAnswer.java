/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import java.util.Map;

/** Answer of a call on many jobs: by job id what succeeded and what failed. */
public record BulkAnswer<V>(Map<Long, V> success, Map<Long, FailedItem> failed) {

    public BulkAnswer {
        success = success == null ? Map.of() : success;
        failed = failed == null ? Map.of() : failed;
    }

    /**
     * Why one item failed.
     *
     * @param code stable name of the error
     * @param errno DIRAC's error number, 0 for a generic error
     */
    public record FailedItem(String detail, String code, int errno) {}
}
