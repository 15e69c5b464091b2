/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Optional;

/**
 * Asks for something to be done to all jobs that meet the conditions.
 *
 * @param action {@code kill}, {@code delete}, {@code reschedule} or {@code set-priority}
 * @param priority of {@code set-priority} alone, 0 to 10
 */
public record StartJobAction(
        @NotNull String action,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Integer> priority,
        @NotNull List<@NotNull @Valid SearchCondition> search) {}
