/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * By stamp, the pilots that will be killed and those that will not.
 *
 * @param success the status each has as yet
 */
public record KilledPilots(Map<String, Status> success, Map<String, BulkAnswer.FailedItem> failed) {
    public KilledPilots {
        success = Map.copyOf(success);
        failed = Map.copyOf(failed);
    }

    /** Where a pilot stands. */
    public record Status(@JsonProperty("Status") String status) {}
}
