/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.provider.control;

import java.net.URI;

/**
 * What a provider's discovery document says.
 *
 * @param issuer what its tokens name as their issuer
 * @see "OpenID Connect Discovery 1.0, 3"
 */
public record ProviderMetadata(String issuer, URI authorizationEndpoint, URI tokenEndpoint, URI keys) {}
