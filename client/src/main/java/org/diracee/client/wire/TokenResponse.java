/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a session.
 *
 * @param expiresIn seconds that the access token lives
 * @param refreshToken null if the session cannot be prolonged
 */
public record TokenResponse(
        @JsonProperty("access_token") String accessToken,
        @JsonProperty("expires_in") long expiresIn,
        @JsonProperty("token_type") String tokenType,
        @JsonProperty("refresh_token") @Nullable String refreshToken) {

    public TokenResponse withRefreshToken(String token) {
        return new TokenResponse(accessToken, expiresIn, tokenType, token);
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "TokenResponse[expiresIn=" + expiresIn + "]";
    }
}
