/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import jakarta.validation.constraints.NotNull;
import java.time.Instant;

/**
 * One line of a pilot's log.
 *
 * @param timestamp by the pilot's clock
 * @param scope the part of the pilot that speaks
 */
public record PilotLogLine(
        @NotNull Instant timestamp,
        @NotNull String severity,
        @NotNull String scope,
        @NotNull String message) {}
