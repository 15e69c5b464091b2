/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What a description would make, and where its jobs could run now.
 *
 * @param queues the first ten of the task queues that the jobs would wait in
 */
public record CheckedDescription(
        @JsonProperty("Jobs") int jobs,
        @JsonProperty("Warnings") List<String> warnings,
        @JsonProperty("Queues") List<CheckedQueue> queues) {

    /** Jobs that would wait in one task queue. */
    public record CheckedQueue(
            @JsonProperty("Jobs") int jobs,
            @JsonProperty("Sentence") String sentence,
            @JsonProperty("Requirements") QueueRequirements requirements,
            @JsonProperty("Resources") ResourceMatches resources) {}
}
