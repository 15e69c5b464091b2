/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;

/**
 * Makes an old revision's document the configuration again, as a new revision.
 *
 * @param to the revision whose document comes back
 * @param base the revision that must be in force for it; absent: any
 * @param message why, for the history
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RollBackConfiguration(
        @NotNull Long to, Optional<Long> base, @NotNull String message) {}
