/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.Optional;

/** Changes what it names of a pilot. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record UpdatePilot(
        @JsonProperty("StatusReason") Optional<@Size(max = 255) String> statusReason,
        @JsonProperty("Status") Optional<@Size(max = 32) String> status,
        @JsonProperty("BenchMark") Optional<Double> benchmark,
        @JsonProperty("DestinationSite") Optional<@Size(max = 128) String> destinationSite,
        @JsonProperty("Queue") Optional<@Size(max = 128) String> queue,
        @JsonProperty("GridSite") Optional<@Size(max = 128) String> gridSite,
        @JsonProperty("GridType") Optional<@Size(max = 32) String> gridType,
        @JsonProperty("AccountingSent") Optional<Boolean> accountingSent,
        @JsonProperty("CurrentJobID") Optional<@Positive Long> currentJobId) {}
