/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.identity;

import java.security.Principal;
import org.diracee.elytron.CredentialRefused;
import org.diracee.elytron.CredentialUndecided;
import org.diracee.elytron.CredentialVerifier;
import org.diracee.framework.provider.boundary.ProviderAccess;
import org.diracee.framework.provider.boundary.ProviderFailed;
import org.diracee.framework.token.boundary.TokenVerification;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.error.InvalidToken;
import org.jboss.logging.Logger;

/** Tells the server's authentication what a bearer token is worth. */
final class TokenCredentials implements CredentialVerifier {

    private static final Logger DEBUG = Logger.getLogger(TokenCredentials.class);

    private final TokenVerification verification;
    private final ProviderAccess providers;

    TokenCredentials(TokenVerification verification, ProviderAccess providers) {
        this.verification = verification;
        this.providers = providers;
    }

    /** Our own tokens first: they are many, and those checked lately are remembered. */
    @Override
    public Principal verifyBearer(String token) throws CredentialRefused {
        try {
            return new CallerPrincipal(verification.verify(token));
        } catch (InvalidToken notOurs) {
            return new CallerPrincipal(atProvider(token, notOurs));
        }
    }

    private Caller atProvider(String token, InvalidToken notOurs) throws CredentialRefused {
        try {
            return providers.caller(token).orElseThrow(() -> notOurs);
        } catch (InvalidToken invalid) {
            // why is for the administrators: the client learns only that it is not good
            DEBUG.debugf("Bearer token refused: %s", invalid.detail());
            throw new CredentialRefused();
        } catch (ProviderFailed down) {
            throw new CredentialUndecided(down);
        }
    }
}
