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
 * Order to shut somebody or something out.
 *
 * @param kind {@code user}, {@code subject}, {@code dn}, {@code vo}, {@code site} or {@code pilot}
 * @param vo of a user, subject or pilot; one's own unless given
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Suspend(
        @NotBlank String kind,
        Optional<String> vo,
        @NotBlank String name,
        @NotBlank String reason) {
    public Suspend {
        vo = Objects.requireNonNullElse(vo, Optional.empty());
    }
}
