/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Where an installation's log-in routes are and what they can do.
 *
 * @see "OpenID Connect Discovery 1.0; RFC 8414"
 */
public record OpenIdConfiguration(
        String issuer,
        @JsonProperty("token_endpoint") String tokenEndpoint,
        @JsonProperty("userinfo_endpoint") String userinfoEndpoint,
        @JsonProperty("authorization_endpoint") String authorizationEndpoint,
        @JsonProperty("device_authorization_endpoint") String deviceAuthorizationEndpoint,
        @JsonProperty("revocation_endpoint") String revocationEndpoint,
        @JsonProperty("jwks_uri") String jwksUri,
        @JsonProperty("grant_types_supported") List<String> grantTypesSupported,
        @JsonProperty("scopes_supported") List<String> scopesSupported,
        @JsonProperty("response_types_supported") List<String> responseTypesSupported,

        @JsonProperty("token_endpoint_auth_signing_alg_values_supported")
        List<String> tokenEndpointAuthSigningAlgValuesSupported,

        @JsonProperty("token_endpoint_auth_methods_supported")
        List<String> tokenEndpointAuthMethodsSupported,

        @JsonProperty("revocation_endpoint_auth_signing_alg_values_supported")
        List<String> revocationEndpointAuthSigningAlgValuesSupported,

        @JsonProperty("revocation_endpoint_auth_methods_supported")
        List<String> revocationEndpointAuthMethodsSupported,

        @JsonProperty("code_challenge_methods_supported") List<String> codeChallengeMethodsSupported) {

    public OpenIdConfiguration {
        grantTypesSupported = copy(grantTypesSupported);
        scopesSupported = copy(scopesSupported);
        responseTypesSupported = copy(responseTypesSupported);
        tokenEndpointAuthSigningAlgValuesSupported = copy(tokenEndpointAuthSigningAlgValuesSupported);
        tokenEndpointAuthMethodsSupported = copy(tokenEndpointAuthMethodsSupported);
        revocationEndpointAuthSigningAlgValuesSupported = copy(revocationEndpointAuthSigningAlgValuesSupported);
        revocationEndpointAuthMethodsSupported = copy(revocationEndpointAuthMethodsSupported);
        codeChallengeMethodsSupported = copy(codeChallengeMethodsSupported);
    }

    private static List<String> copy(List<String> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
