/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;

/**
 * Asks how many rows meet all conditions, for each combination of values in the columns of {@code grouping}; no column
 * means all of them.
 *
 * @see "DiracX REST reference 6"
 */
public record Summarize(
        @NotNull(message = "missing; [] stands for all columns, with one row per job or pilot")
        List<@NotNull String> grouping,

        List<@NotNull @Valid SearchCondition> search) {

    public Summarize {
        search = search == null ? List.of() : search;
    }
}
