/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.session;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.diracee.client.wire.TokenResponse;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a session as the file holds them.
 *
 * @param expiresOn seconds since 1970 after which the access token is not sent any more
 */
public record Credentials(
        @JsonProperty("access_token") String accessToken,
        @JsonProperty("refresh_token") @Nullable String refreshToken,
        @JsonProperty("expires_on") long expiresOn) {

    /** So much earlier than it does a token counts as expired: clocks differ and calls take time. */
    private static final int GRACE_SECONDS = 15;

    public static Credentials of(TokenResponse tokens, Instant now) {
        return new Credentials(
                tokens.accessToken(), tokens.refreshToken(), now.getEpochSecond() + tokens.expiresIn() - GRACE_SECONDS);
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "Credentials[expiresOn=" + expiresOn + "]";
    }
}
