/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * One difference between two revisions.
 *
 * @param before value or comment before; absent for what is new, and for sections
 * @param after value or comment afterwards; absent for what is gone, and for sections
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ConfigurationChange(String path, Kind kind, Optional<String> before, Optional<String> after) {

    /** How they differ. */
    public enum Kind {
        @JsonProperty("added")
        ADDED,
        @JsonProperty("removed")
        REMOVED,
        @JsonProperty("changed")
        CHANGED,
        @JsonProperty("comment")
        COMMENT
    }
}
