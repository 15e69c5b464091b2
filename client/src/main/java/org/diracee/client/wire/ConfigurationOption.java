/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * The value of an option that counts, and why.
 *
 * @param path as it was asked for
 * @param value absent if it has none and nothing declares a default
 * @param source where the value stands: a path, as the VO's own or that of {@code /Operations/Defaults}; absent for a default
 * @param declaration what may stand here; absent if nothing knows the option
 * @param lastChange the revision that last changed it at its source
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ConfigurationOption(
        String path,
        Optional<String> value,
        Optional<String> source,
        Optional<Declaration> declaration,
        @JsonProperty("last_change") Optional<ConfigurationRevision> lastChange) {

    /**
     * What the option is declared to be.
     *
     * @param pattern its path, with names that may be chosen in braces
     * @param type with its bounds and unit, in words
     * @param standard the value where none is given; absent if there is none
     * @param meaning one sentence
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Declaration(
            String pattern,
            String type,
            @JsonProperty("default") Optional<String> standard,
            String meaning) {}
}
