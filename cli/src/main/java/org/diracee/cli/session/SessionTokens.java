/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import org.diracee.cli.CommandFailure;
import org.diracee.client.ApiError;
import org.diracee.client.ClientJson;
import org.diracee.client.TokenSource;
import org.diracee.client.wire.TokenResponse;

/**
 * Sends the stored session's token and renews it when it is about to expire. A refresh token is void after its first use
 * and its second use ends the session, so the renewal reads the file again under the lock: whoever comes second takes what
 * the first one got.
 */
public final class SessionTokens implements TokenSource {

    private static final int RENEWED_EARLY_SECONDS = 60;
    private static final int UNAUTHORIZED = 401;
    private static final int BAD_REQUEST = 400;

    private final CredentialFile file;
    private final Function<String, TokenResponse> refresh;
    private final Clock clock;

    public SessionTokens(CredentialFile file, Function<String, TokenResponse> refresh, Clock clock) {
        this.file = file;
        this.refresh = refresh;
        this.clock = clock;
    }

    @Override
    public Optional<String> token() {
        Credentials stored = stored();
        if (isFresh(stored)) {
            return Optional.of(stored.accessToken());
        }
        return Optional.of(file.exclusively(() -> {
                    Credentials latest = stored();
                    return isFresh(latest) ? latest : renewed(latest);
                })
                .accessToken());
    }

    @Override
    public Optional<String> replacement(String refused) {
        return Optional.of(file.exclusively(() -> {
                    Credentials latest = stored();
                    return latest.accessToken().equals(refused) ? renewed(latest) : latest;
                })
                .accessToken());
    }

    /** Returns the name of the session's user, as the token says it. */
    public String username() {
        String[] parts = stored().accessToken().split("\\.", -1);
        if (parts.length == 3) {
            try {
                JsonNode claims =
                        ClientJson.MAPPER.readTree(Base64.getUrlDecoder().decode(parts[1]));
                if (claims.path("preferred_username").isTextual()) {
                    return claims.path("preferred_username").textValue();
                }
            } catch (IOException | IllegalArgumentException notAToken) {
                throw unusable();
            }
        }
        throw unusable();
    }

    private CommandFailure unusable() {
        return CommandFailure.notLoggedIn(
                file.path() + " holds no token that names its user. Log in again with: dirac-ee login VO");
    }

    private Credentials stored() {
        return file.read()
                .orElseThrow(() -> CommandFailure.notLoggedIn("You are not logged in. Log in with: dirac-ee login VO"));
    }

    private boolean isFresh(Credentials credentials) {
        Instant end = Instant.ofEpochSecond(credentials.expiresOn());
        return clock.instant().plusSeconds(RENEWED_EARLY_SECONDS).isBefore(end);
    }

    private Credentials renewed(Credentials old) {
        String refreshToken = old.refreshToken();
        if (refreshToken == null) {
            throw ended();
        }
        TokenResponse tokens;
        try {
            tokens = refresh.apply(refreshToken);
        } catch (ApiError error) {
            if (error.status() != UNAUTHORIZED && error.status() != BAD_REQUEST) {
                throw error;
            }
            // another program, which does not know our lock, may just have renewed it
            Credentials latest = stored();
            if (latest.accessToken().equals(old.accessToken())) {
                throw ended();
            }
            return latest;
        }
        Credentials next = Credentials.of(
                tokens.refreshToken() == null ? tokens.withRefreshToken(refreshToken) : tokens, clock.instant());
        file.write(next);
        return next;
    }

    private static CommandFailure ended() {
        return CommandFailure.notLoggedIn("Your session has ended. Log in again with: dirac-ee login VO");
    }
}
