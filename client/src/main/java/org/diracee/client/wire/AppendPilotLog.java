/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;

/** Appends lines to the log of the pilot that sends it. */
public record AppendPilotLog(@NotNull List<@NotNull @Valid PilotLogLine> lines) {}
