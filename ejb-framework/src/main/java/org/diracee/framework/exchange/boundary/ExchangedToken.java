/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.exchange.boundary;

import java.time.Duration;
import java.util.Optional;

/**
 * What is given for a token.
 *
 * @param text the token: a secret, never logged
 * @param refresh the refresh token of the session that begins with it, if one does: a secret, too
 * @param tokenType the kind of the first, as RFC 8693 names it
 */
public record ExchangedToken(
        String text, Duration expiresIn, Optional<String> refresh, String tokenType, String scope) {

    /** Shows no secret. */
    @Override
    public String toString() {
        return "token for a token, " + scope;
    }
}
