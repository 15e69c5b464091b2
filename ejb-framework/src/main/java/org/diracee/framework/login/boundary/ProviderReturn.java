/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.login.boundary;

import java.util.Optional;

/**
 * What a person brings back from the provider.
 *
 * @param code what the provider gives us tokens for
 * @param error why there is no code
 * @param issuer who the provider says it is
 * @see "RFC 6749 4.1.2; RFC 9207"
 */
public record ProviderReturn(
        Optional<String> state, Optional<String> code, Optional<String> error, Optional<String> issuer) {

    @Override
    public String toString() {
        return "return with " + (code.isPresent() ? "a code" : "error " + error.orElse("none"));
    }
}
