/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import org.diracee.kernel.error.InvalidRequest;

/** Refuses DiracX clients that are too old; a client that names no version is served. */
@Provider
@PreMatching
public class ClientVersionFilter implements ContainerRequestFilter {

    /** The oldest version of DiracX's clients that is served. */
    public static final String OLDEST_VERSION = "0.0.1a1";

    static final String HEADER = "DiracX-Client-Version";
    private static final ClientVersion OLDEST =
            ClientVersion.parse(OLDEST_VERSION).orElseThrow();

    @Override
    public void filter(ContainerRequestContext request) {
        String named = request.getHeaderString(HEADER);
        if (named != null) {
            check(named);
        }
    }

    static void check(String named) {
        Optional<ClientVersion> version = ClientVersion.parse(named);
        if (version.isEmpty()) {
            throw new InvalidRequest(HEADER + " is no version number; needed is " + OLDEST + " or newer");
        }
        if (version.get().compareTo(OLDEST) < 0) {
            throw new InvalidRequest(
                    "Client version " + version.get() + " is not supported; needed is " + OLDEST + " or newer");
        }
    }
}
