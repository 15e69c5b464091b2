/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.exchange.boundary;

import java.util.Optional;

/**
 * What a program shows to prove who it is.
 *
 * @param id the name that it gives itself; an assertion may say it alone
 * @param secret its secret
 * @param assertion a JWT that it has signed
 * @see "RFC 6749 2.3; RFC 7523 2.2"
 */
public record ClientCredentials(Optional<String> id, Optional<String> secret, Optional<String> assertion) {

    /** Shows no secret. */
    @Override
    public String toString() {
        return "credentials of the client " + id.orElse("(not named)");
    }
}
