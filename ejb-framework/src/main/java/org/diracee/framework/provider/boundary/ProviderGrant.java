/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.provider.boundary;

import java.time.Instant;
import java.util.Optional;

/**
 * Tokens that a provider gave.
 *
 * @param expires when the access token does, if the provider says so
 * @param refreshToken the one to use from now on, if there is another
 */
public record ProviderGrant(String accessToken, Optional<Instant> expires, Optional<String> refreshToken) {

    /** Shows no secret. */
    @Override
    public String toString() {
        return "grant until " + expires;
    }
}
