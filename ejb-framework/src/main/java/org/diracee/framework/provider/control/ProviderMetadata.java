/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.provider.control;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * What a provider's discovery document says.
 *
 * @param issuer what its tokens name as their issuer
 * @param revocation where tokens are given back, if anywhere
 * @param grants what its token endpoint takes
 * @see "OpenID Connect Discovery 1.0, 3"
 */
public record ProviderMetadata(
        String issuer,
        URI authorizationEndpoint,
        URI tokenEndpoint,
        URI keys,
        Optional<URI> revocation,
        Set<String> grants) {

    public ProviderMetadata {
        grants = Set.copyOf(grants);
    }
}
