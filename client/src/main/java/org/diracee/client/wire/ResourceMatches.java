/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which of the known resources would take certain jobs now.
 *
 * @param known how many there are
 * @param fitting how many meet all requirements
 * @param taking how many would take the jobs
 * @param takerSeen when a pilot that would take them asked last
 * @param best the best of them, those first that would take the jobs; not all if there are many
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ResourceMatches(
        @JsonProperty("Known") int known,
        @JsonProperty("Fitting") long fitting,
        @JsonProperty("Taking") long taking,
        @JsonProperty("TakerSeen") Optional<Instant> takerSeen,
        @JsonProperty("Best") List<ResourceMatch> best) {

    /**
     * One of them.
     *
     * @param lastSeen when one of its pilots asked for jobs last; absent if it is known from the configuration only
     * @param unmet requirements that it does not meet
     * @param obstacles what else is in the way, in sentences: suspensions, limits, delays
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record ResourceMatch(
            @JsonProperty("Site") String site,
            @JsonProperty("GridCE") Optional<String> gridCe,
            @JsonProperty("LastSeen") Optional<Instant> lastSeen,
            @JsonProperty("Takes") boolean takes,
            @JsonProperty("Unmet") List<UnmetRequirement> unmet,
            @JsonProperty("Obstacles") List<String> obstacles) {}

    /** A requirement of the jobs and what the resource says to it. */
    public record UnmetRequirement(
            @JsonProperty("Field") String field,
            @JsonProperty("Job") List<String> job,
            @JsonProperty("Resource") List<String> resource,
            @JsonProperty("Sentence") String sentence) {}
}
