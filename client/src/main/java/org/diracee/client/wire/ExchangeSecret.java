/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Optional;

/**
 * Swaps a pilot's secret for tokens. A pilot that nobody has submitted says besides what it is, to be registered.
 *
 * @param status absent: {@code Submitted}
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ExchangeSecret(
        @JsonProperty("pilot_stamp") @NotNull @Size(min = 1, max = 32)
        String stamp,

        @JsonProperty("pilot_secret") @NotNull @Size(min = 1, max = 512)
        String secret,

        Optional<@Size(min = 1, max = 128) String> vo,
        @JsonProperty("grid_type") Optional<@Size(max = 32) String> gridType,
        @JsonProperty("grid_site") Optional<@Size(max = 128) String> gridSite,
        Optional<@Size(max = 32) String> status) {

    /** Of a pilot that was submitted. */
    public ExchangeSecret(String stamp, String secret) {
        this(stamp, secret, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "ExchangeSecret[" + stamp + "]";
    }
}
