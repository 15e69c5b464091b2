/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** Swaps a pilot's one-time secret for tokens. */
public record ExchangeSecret(
        @JsonProperty("pilot_stamp") @NotNull @Size(min = 1, max = 32)
        String stamp,

        @JsonProperty("pilot_secret") @NotNull @Size(min = 1, max = 512)
        String secret) {

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "ExchangeSecret[" + stamp + "]";
    }
}
