/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.boundary;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.diracee.framework.client.boundary.RegisteredClient;
import org.diracee.framework.token.control.Jwts;
import org.diracee.framework.token.control.TokenClaims;
import org.diracee.framework.token.control.TokenType;
import org.diracee.framework.token.entity.SessionKind;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidToken;
import org.diracee.kernel.value.PilotStamp;

/** Prolongs a session by its refresh token, which can be used once. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TokenRefresh {

    private static final String HOLDER = "whoever holds a refresh token may use it";

    private KeyRing keys;
    private RefreshRotation rotation;
    private Clock clock;

    protected TokenRefresh() {} // for the container's proxy

    @Inject
    public TokenRefresh(KeyRing keys, RefreshRotation rotation, Clock clock) {
        this.keys = keys;
        this.rotation = rotation;
        this.clock = clock;
    }

    /**
     * The next pair of a user's session.
     *
     * @throws InvalidRefreshToken if the token is no refresh token of a user, has expired, or was used before; then all of the
     *     user's sessions have ended too
     * @throws Forbidden if the user may not act in this scope any more
     */
    @OpenAccess(HOLDER)
    public TokenPair user(String refreshToken) {
        return refreshed(refreshToken, SessionKind.USER, Optional.empty(), Optional.empty());
    }

    /** The next pair of a session that this registered client began; errors as for a user. */
    @OpenAccess("the calling service has authenticated the client")
    public TokenPair client(String refreshToken, RegisteredClient client) {
        return refreshed(refreshToken, SessionKind.USER, Optional.empty(), Optional.of(client.id()));
    }

    /** The next pair of a pilot's session; errors as for a user. */
    @OpenAccess(HOLDER)
    public TokenPair pilot(String refreshToken, PilotStamp stamp) {
        return refreshed(refreshToken, SessionKind.PILOT, Optional.of(stamp.text()), Optional.empty());
    }

    private TokenPair refreshed(
            String refreshToken, SessionKind kind, Optional<String> subject, Optional<String> client) {
        try {
            UUID jti = TokenClaims.refreshId(Jwts.verified(
                    TokenType.REFRESH, refreshToken, kid -> keys.verifying(TokenType.REFRESH, kid), clock.instant()));
            return rotation.rotate(jti, kind, subject, client).orElseThrow(RefreshTokenReused::new);
        } catch (InvalidToken useless) {
            throw new InvalidRefreshToken(useless);
        }
    }
}
