/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.provider.boundary;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.VoName;

/**
 * The OpenID provider at which the members of a VO log in, as the configuration describes it.
 *
 * @param url the provider's issuer; its discovery document lies below it
 * @param clientId our name there
 * @param clientSecret alias of our secret in the credential store; empty for a public client
 * @param scope what we ask for
 * @param audiences what an access token of the provider must be meant for to count on our API; none: none counts
 * @param groupClaim the claim that names the person's groups at the provider
 * @param roles the groups of the VO by what stands for them in that claim
 * @param maxTokenAge the greatest age of such an access token, whatever it says itself
 * @param algorithms what the provider may sign with
 * @param isLoopbackHttpAllowed whether an address of this machine may be without TLS
 * @param exchangesTokens whether tokens for storage and computing elements are had from it, if it offers that
 */
public record IdentityProvider(
        VoName vo,
        URI url,
        String clientId,
        Optional<String> clientSecret,
        String scope,
        List<String> audiences,
        String groupClaim,
        Map<String, GroupName> roles,
        Registration registration,
        Duration maxTokenAge,
        List<String> algorithms,
        boolean isLoopbackHttpAllowed,
        boolean exchangesTokens) {

    public IdentityProvider {
        audiences = List.copyOf(audiences);
        roles = Map.copyOf(roles);
        algorithms = List.copyOf(algorithms);
    }

    /** The groups of the VO that the claim's values stand for, in their order. */
    public List<GroupName> groups(List<String> claimed) {
        return claimed.stream()
                .map(IdentityProvider::role)
                .filter(roles::containsKey)
                .map(roles::get)
                .distinct()
                .toList();
    }

    /** Without the authority that some providers append after a {@code #}, which no option can hold. */
    private static String role(String claimed) {
        int end = claimed.indexOf('#');
        return end < 0 ? claimed : claimed.substring(0, end);
    }
}
