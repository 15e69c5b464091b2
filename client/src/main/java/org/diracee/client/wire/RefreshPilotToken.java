/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** Prolongs a pilot's session. */
public record RefreshPilotToken(
        @JsonProperty("refresh_token") @NotNull @Size(min = 1, max = 8192)
        String refreshToken,

        @JsonProperty("pilot_stamp") @NotNull @Size(min = 1, max = 32)
        String stamp) {

    /** Leaves the token out. */
    @Override
    public String toString() {
        return "RefreshPilotToken[" + stamp + "]";
    }
}
