/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.provider.boundary;

import java.util.Optional;

/**
 * What a provider gave for the code of a log-in.
 *
 * @param refreshToken by which the provider can be asked in the person's name later, if it gave one: a secret
 */
public record Redeemed(ProviderIdentity identity, Optional<String> refreshToken) {

    /** Shows no secret. */
    @Override
    public String toString() {
        return identity.toString();
    }
}
