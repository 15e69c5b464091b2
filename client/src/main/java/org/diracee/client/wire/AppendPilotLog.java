/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import java.util.Optional;

/**
 * Appends lines to the log of the pilot that sends it.
 *
 * @param firstLine the number of the first of them in the pilot's log, from 0: lines that came before are not kept twice
 */
public record AppendPilotLog(
        @NotNull List<@NotNull @Valid PilotLogLine> lines,
        @JsonProperty("first_line") Optional<@PositiveOrZero Long> firstLine) {}
