/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Optional;

/**
 * Makes a pilot known that was submitted by other means.
 *
 * @param gridType absent: {@code DIRAC}
 * @param gridSite absent: {@code Unknown}
 * @param destinationSite the computing element; absent: {@code NotAssigned}
 * @param status absent: {@code Submitted}
 * @see "DiracX REST reference 9"
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RegisterPilot(
        @JsonProperty("pilot_stamp") @NotNull @Size(min = 1, max = 32)
        String stamp,

        @NotNull @Size(min = 1, max = 128) String vo,
        @JsonProperty("grid_type") Optional<@Size(max = 32) String> gridType,
        @JsonProperty("grid_site") Optional<@Size(max = 128) String> gridSite,
        @JsonProperty("destination_site") Optional<@Size(max = 128) String> destinationSite,
        @JsonProperty("pilot_reference") Optional<@Size(max = 255) String> reference,
        @JsonProperty("pilot_status") Optional<@Size(max = 32) String> status) {}
