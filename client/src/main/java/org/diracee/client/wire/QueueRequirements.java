/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What the jobs of a task queue demand; an empty list demands nothing.
 *
 * @param cpuTime segment of normalised seconds
 */
public record QueueRequirements(
        @JsonProperty("Owner") String owner,
        @JsonProperty("OwnerGroup") String ownerGroup,
        @JsonProperty("CPUTime") long cpuTime,
        @JsonProperty("Sites") List<String> sites,
        @JsonProperty("BannedSites") List<String> bannedSites,
        @JsonProperty("GridCEs") List<String> gridCes,
        @JsonProperty("Platforms") List<String> platforms,
        @JsonProperty("JobTypes") List<String> jobTypes,
        @JsonProperty("Tags") List<String> tags) {}
