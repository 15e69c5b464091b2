/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A secret for pilots; nobody can ask for it a second time. @param expiresIn seconds */
public record CreatedPilotSecret(
        @JsonProperty("pilot_secret") String secret,
        @JsonProperty("pilot_secret_expires_in") long expiresIn) {

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "CreatedPilotSecret[expiresIn=" + expiresIn + "]";
    }
}
