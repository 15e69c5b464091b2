/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.elytron;

import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Decides what a credential is worth; the application's part of authentication.
 *
 * <p>Called on every request to a protected path, by many threads at once. An exception other than {@link
 * CredentialRefused} means that the verifier cannot decide now; the client then gets 503 and may try again.
 */
public interface CredentialVerifier {

    /**
     * Returns the sender of a request with this bearer token.
     *
     * @param token what stood after {@code Bearer}; any printable ASCII without spaces
     * @return the very object that {@code SecurityContext.getUserPrincipal()} will return
     * @throws CredentialRefused if the token is not acceptable
     * @throws CredentialUndecided if that cannot be told because something else is down
     */
    Principal verifyBearer(String token) throws CredentialRefused;

    /**
     * Returns the sender of a request without bearer token whose TLS connection has these certificates. TLS has made sure that the
     * client has the private key of the first; nothing else is verified yet.
     *
     * @param chain the client's own certificate, then those above it as the client sent them; never empty
     * @return as for {@link #verifyBearer}
     * @throws CredentialRefused if the certificates are not acceptable
     * @throws CredentialUndecided if that cannot be told because something else is down
     */
    default Principal verifyCertificate(List<X509Certificate> chain) throws CredentialRefused {
        throw new CredentialRefused(AuthenticationProblem.headerMissing().detail());
    }
}
