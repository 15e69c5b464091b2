/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.boundary;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A token as its holder gets it.
 *
 * @param id its claim {@code jti}, no secret
 * @param text the signed JWT: a secret, never logged
 * @param expires in whole seconds
 */
public record IssuedToken(UUID id, String text, Instant expires) {

    /** How long it is still good for; never negative. */
    public Duration remaining(Clock clock) {
        Duration remaining = Duration.between(clock.instant(), expires);
        return remaining.isNegative() ? Duration.ZERO : remaining;
    }

    @Override
    public String toString() {
        return "token " + id + " until " + expires;
    }
}
