/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/** Asks for the end of pilots. */
public record KillPilots(
        @JsonProperty("pilot_stamps") @NotNull @Size(min = 1, max = 10_000)
        List<@NotNull String> stamps) {}
