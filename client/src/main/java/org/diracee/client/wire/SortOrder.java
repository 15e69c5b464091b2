/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;

/** By which column the rows of a search are ordered. */
public record SortOrder(@NotNull String parameter, @NotNull Direction direction) {

    /** Upwards or downwards. */
    public enum Direction {
        @JsonProperty("asc")
        ASCENDING("asc"),
        @JsonProperty("desc")
        DESCENDING("desc");

        private final String text;

        Direction(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
