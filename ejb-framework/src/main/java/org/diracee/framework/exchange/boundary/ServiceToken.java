/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.exchange.boundary;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * A token for one storage or computing element.
 *
 * @param text the JWT: a secret, never logged
 * @param scope what it allows
 */
public record ServiceToken(String text, Instant expires, String audience, String scope) {

    /** How long it is still good for; never negative. */
    public Duration remaining(Clock clock) {
        Duration remaining = Duration.between(clock.instant(), expires);
        return remaining.isNegative() ? Duration.ZERO : remaining;
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "token for " + audience + " until " + expires;
    }
}
