/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Optional;

/**
 * One condition of a search. The operators {@code in} and {@code not in} look at {@code values}, all others at {@code
 * value}; what they do not look at is ignored, because portals send both.
 *
 * @param operator eq, neq, gt, lt, like, not like, regex, in, not in
 * @param value a text, number or boolean
 * @param values texts or numbers
 * @see "DiracX REST reference 6"
 */
public record SearchCondition(
        @NotNull String parameter,
        @NotNull String operator,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Object> value,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<List<@NotNull Object>> values) {

    /** A condition on one value. */
    public static SearchCondition of(String parameter, String operator, Object value) {
        return new SearchCondition(parameter, operator, Optional.of(value), Optional.empty());
    }

    /** A condition that any of the values meets. */
    public static SearchCondition anyOf(String parameter, List<?> values) {
        return new SearchCondition(parameter, "in", Optional.empty(), Optional.of(List.copyOf(values)));
    }
}
