/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.control;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.diracee.framework.client.boundary.RegisteredClient;
import org.diracee.framework.token.entity.RefreshToken;
import org.diracee.framework.token.entity.SessionKind;
import org.diracee.kernel.error.InvalidToken;
import org.diracee.kernel.value.VoName;

/** How long users' sessions and their tokens last, by what the VO and the client that acts in them say. */
public record SessionLifetimes(TokenSettings settings) {

    /**
     * When the token after this one ends. A user's next token has a life of its own within the session, a pilot's ends when its first would have.
     *
     * @param client the one that acts in the session
     * @throws InvalidToken if the session may not last as long any more
     */
    public Instant successorEnds(RefreshToken used, Optional<RegisteredClient> client, Instant now) {
        if (used.kind() == SessionKind.PILOT) {
            return used.expires();
        }
        VoName vo = new VoName(used.vo());
        Instant bySettings = TokenClaims.expiry(used.family(), session(vo, client));
        Instant end = used.sessionEnds().map(ends -> least(ends, bySettings)).orElse(bySettings);
        if (!now.isBefore(end)) {
            throw new InvalidToken("the session has ended");
        }
        Instant own = now.plus(refreshToken(vo, client));
        return least(Instant.ofEpochSecond(own.getEpochSecond()), end);
    }

    /** How long a refresh token is good. */
    public Duration refreshToken(VoName vo, Optional<RegisteredClient> client) {
        return client.flatMap(RegisteredClient::refreshTokenLifetime)
                .map(settings::atMostASession)
                .orElseGet(() -> settings.refreshTokenLifetime(vo));
    }

    /** How long a session may last, however often it is prolonged. */
    public Duration session(VoName vo, Optional<RegisteredClient> client) {
        return client.flatMap(known -> known.sessionLifetime().or(known::refreshTokenLifetime))
                .map(settings::atMostASession)
                .orElseGet(() -> settings.sessionLifetime(vo));
    }

    /** The earlier one. */
    public static Instant least(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
