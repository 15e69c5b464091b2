/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotBlank;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Order to keep new jobs and pilots from a site or computing element.
 *
 * @param kind {@code site} or {@code ce}
 * @param name of a computing element its host
 * @param allVos whether for the jobs of all VOs; of one's own unless given
 * @param until when the ban ends by itself
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record BanPlace(
        @NotBlank String kind,
        @NotBlank String name,
        @JsonProperty("all_vos") Optional<Boolean> allVos,
        @NotBlank String reason,
        Optional<Instant> until) {
    public BanPlace {
        allVos = Objects.requireNonNullElse(allVos, Optional.empty());
        until = Objects.requireNonNullElse(until, Optional.empty());
    }
}
