/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Optional;

/**
 * Asks for what the failed and killed jobs were caused to fail by that meet all conditions; at most the 10 000 newest are looked at.
 *
 * @param before only jobs with a smaller id, to go on
 * @param ids how many are named of each cause; absent: 20
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record CountFailures(
        List<@NotNull @Valid SearchCondition> search,
        Optional<@Min(1) Long> before,
        Optional<@Min(0) @Max(10_000) Integer> ids) {

    public CountFailures {
        search = search == null ? List.of() : search;
    }
}
