/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.provider.boundary;

import java.net.URI;

/**
 * What ties the provider's answer to the log-in that we began.
 *
 * @param state comes back with the answer
 * @param nonce must stand in the ID token
 * @param verifier the secret half of PKCE
 * @param returnTo where the provider sends the person back to
 * @see "RFC 7636; OpenID Connect Core 1.0, 3.1.2"
 */
public record ProviderQuestion(String state, String nonce, String verifier, URI returnTo) {

    @Override
    public String toString() {
        return "question to return to " + returnTo; // the rest is secret
    }
}
