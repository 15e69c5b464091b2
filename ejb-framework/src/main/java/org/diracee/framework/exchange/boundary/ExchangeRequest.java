/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.exchange.boundary;

import java.util.Optional;

/**
 * A token for which another is wanted.
 *
 * @param subjectTokenType what kind of token the given one is
 * @param requestedTokenType what kind is wanted, if the sender says so
 * @param audience the one service that it is to be for; without, it is for us, and the sender acts for the user
 * @see "RFC 8693 2.1"
 */
public record ExchangeRequest(
        String subjectToken,
        String subjectTokenType,
        Optional<String> requestedTokenType,
        Optional<String> audience,
        Optional<String> scope) {

    /** Shows no secret. */
    @Override
    public String toString() {
        return "exchange of a token for one for " + audience.orElse("us");
    }
}
