/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why jobs have failed.
 *
 * @param examined how many jobs were looked at, the newest first
 * @param next the {@code before} with which to look at the rest; absent if all were
 * @param causes the most frequent first
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record CountedFailures(
        @JsonProperty("Examined") int examined,
        @JsonProperty("Next") Optional<Long> next,
        @JsonProperty("Causes") List<CountedCause> causes) {

    /**
     * Jobs with the same cause.
     *
     * @param minorStatuses how many have which
     */
    public record CountedCause(
            @JsonProperty("Cause") String cause,
            @JsonProperty("Jobs") int jobs,
            @JsonProperty("JobIDs") List<Long> jobIds,
            @JsonProperty("MinorStatuses") Map<String, Integer> minorStatuses) {}
}
