/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Order to register a user.
 *
 * @param vo one's own unless given
 * @param subject as the log-in gives it; the name unless given
 * @param message why, for the history of the configuration
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record AddUser(
        Optional<String> vo,
        @NotBlank String user,
        Optional<String> subject,
        Optional<String> email,
        List<String> groups,
        @NotBlank String message) {
    public AddUser {
        vo = Objects.requireNonNullElse(vo, Optional.empty());
        subject = Objects.requireNonNullElse(subject, Optional.empty());
        email = Objects.requireNonNullElse(email, Optional.empty());
        groups = groups == null ? List.of() : List.copyOf(groups);
    }
}
