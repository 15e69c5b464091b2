/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * How much there is.
 *
 * @param files each counted once
 * @param storageElements replicas at each
 */
public record CatalogUsage(
        long files,
        long bytes,
        @JsonProperty("storage_elements") Map<String, Amount> storageElements) {

    /** Replicas, and their bytes together. */
    public record Amount(long replicas, long bytes) {}
}
