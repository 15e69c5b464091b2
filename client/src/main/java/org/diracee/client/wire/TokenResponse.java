/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a session.
 *
 * @param expiresIn seconds that the access token lives
 * @param refreshToken null if the session cannot be prolonged
 * @param issuedTokenType of a token given for another: its kind, as RFC 8693 names it; else null and left out
 * @param scope of a token given for another: what it allows; else null and left out
 */
public record TokenResponse(
        @JsonProperty("access_token") String accessToken,
        @JsonProperty("expires_in") long expiresIn,
        @JsonProperty("token_type") String tokenType,
        @JsonProperty("refresh_token") @Nullable String refreshToken,

        @JsonProperty("issued_token_type") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        String issuedTokenType,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String scope) {

    public TokenResponse(String accessToken, long expiresIn, String tokenType, @Nullable String refreshToken) {
        this(accessToken, expiresIn, tokenType, refreshToken, null, null);
    }

    public TokenResponse withRefreshToken(String token) {
        return new TokenResponse(accessToken, expiresIn, tokenType, token, issuedTokenType, scope);
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "TokenResponse[expiresIn=" + expiresIn + "]";
    }
}
