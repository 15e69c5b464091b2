/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Where the archive of a sandbox is fetched, without a token.
 *
 * @param expiresIn seconds
 */
public record SandboxLink(
        String url, @JsonProperty("expires_in") long expiresIn) {

    /** Leaves the URL out, which is a credential. */
    @Override
    public String toString() {
        return "SandboxLink[expiresIn=" + expiresIn + "]";
    }
}
