/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Answer of a call on many files: by LFN what succeeded and what failed. */
public record LfnAnswer<V>(Map<String, V> success, Map<String, BulkAnswer.FailedItem> failed) {

    public LfnAnswer {
        success = success == null ? Map.of() : success;
        failed = failed == null ? Map.of() : failed;
    }

    /** One answer of as many calls as it takes, one after the other, since one takes so many items at most. */
    public static <I, V> LfnAnswer<V> inParts(List<I> items, int most, Function<List<I>, LfnAnswer<V>> call) {
        Map<String, V> success = new LinkedHashMap<>();
        Map<String, BulkAnswer.FailedItem> failed = new LinkedHashMap<>();
        for (int from = 0; from < items.size(); from += most) {
            LfnAnswer<V> part = call.apply(items.subList(from, Math.min(items.size(), from + most)));
            success.putAll(part.success());
            failed.putAll(part.failed());
        }
        return new LfnAnswer<>(success, failed);
    }
}
