/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.NotBlank;
import java.util.Objects;
import java.util.Optional;

/**
 * Order to put a user into a group, or to take it out.
 *
 * @param vo one's own unless given
 * @param member whether the user is to be in the group
 * @param message why, for the history of the configuration
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ChangeMembership(
        Optional<String> vo,
        @NotBlank String user,
        boolean member,
        @NotBlank String message) {
    public ChangeMembership {
        vo = Objects.requireNonNullElse(vo, Optional.empty());
    }
}
