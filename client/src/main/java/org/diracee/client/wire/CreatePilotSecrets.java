/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Optional;

/**
 * Makes secrets for pilots that start by themselves.
 *
 * @param number how many
 * @param minutes how long they are good; absent: as long as a submitted pilot may wait
 * @param mostUses how many pilots may log in with one; absent: one
 * @see "DiracX REST reference 9"
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record CreatePilotSecrets(
        @JsonProperty("n") @Min(1) int number,
        @NotNull @Size(min = 1, max = 128) String vo,
        @JsonProperty("expiration_minutes") Optional<@Min(1) Integer> minutes,
        @JsonProperty("pilot_secret_use_count_max") Optional<@Min(1) Integer> mostUses) {}
