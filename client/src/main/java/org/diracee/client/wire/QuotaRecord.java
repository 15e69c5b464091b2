/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * A quota, and how much of it is used.
 *
 * @param kind {@code vo}, {@code group}, {@code user} or {@code directory}
 * @param files how many there may be; any number if absent
 * @param bytes of the files, each counted once; any number if absent
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record QuotaRecord(
        String kind,
        String name,
        Optional<Long> files,
        Optional<Long> bytes,
        @JsonProperty("used_files") long usedFiles,
        @JsonProperty("used_bytes") long usedBytes) {}
