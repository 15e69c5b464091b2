/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Asks how many jobs or pilots met all conditions from one time until another, for each combination of values in the columns of {@code grouping}.
 *
 * @param step seconds between two numbers, whole minutes; absent: as few as make no more than 500 numbers
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record SearchHistory(
        @NotNull Instant from,
        @NotNull Instant to,
        Optional<@Positive Long> step,
        List<@NotNull String> grouping,
        List<@NotNull @Valid SearchCondition> search) {

    public SearchHistory {
        grouping = grouping == null ? List.of() : grouping;
        search = search == null ? List.of() : search;
    }
}
