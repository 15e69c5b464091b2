/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import java.util.Map;

/** Answer of a call on many files: by LFN what succeeded and what failed. */
public record LfnAnswer<V>(Map<String, V> success, Map<String, BulkAnswer.FailedItem> failed) {

    public LfnAnswer {
        success = success == null ? Map.of() : success;
        failed = failed == null ? Map.of() : failed;
    }
}
