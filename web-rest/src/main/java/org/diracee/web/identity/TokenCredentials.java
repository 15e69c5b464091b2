/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.identity;

import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.List;
import org.diracee.elytron.CredentialRefused;
import org.diracee.elytron.CredentialUndecided;
import org.diracee.elytron.CredentialVerifier;
import org.diracee.framework.certificate.boundary.CertificateAccess;
import org.diracee.framework.certificate.boundary.UntrustedChain;
import org.diracee.framework.provider.boundary.ProviderAccess;
import org.diracee.framework.provider.boundary.ProviderFailed;
import org.diracee.framework.token.boundary.TokenVerification;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.error.ExpiredToken;
import org.diracee.kernel.error.InvalidToken;
import org.jboss.logging.Logger;

/** Tells the server's authentication what a bearer token or a certificate is worth. */
final class TokenCredentials implements CredentialVerifier {

    private static final Logger DEBUG = Logger.getLogger(TokenCredentials.class);

    private final TokenVerification verification;
    private final ProviderAccess providers;
    private final CertificateAccess certificates;

    TokenCredentials(TokenVerification verification, ProviderAccess providers, CertificateAccess certificates) {
        this.verification = verification;
        this.providers = providers;
        this.certificates = certificates;
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

    /** Where no certificates count, one is as good as none. */
    @Override
    public Principal verifyCertificate(List<X509Certificate> chain) throws CredentialRefused {
        if (!certificates.enabled()) {
            return CredentialVerifier.super.verifyCertificate(chain);
        }
        try {
            return new CallerPrincipal(certificates.caller(chain));
        } catch (UntrustedChain untrusted) {
            // whoever has the key may know what is wrong with the certificate
            DEBUG.debugf("Certificate refused: %s", untrusted.detail());
            throw new CredentialRefused(untrusted.detail());
        }
    }

    private Caller atProvider(String token, InvalidToken notOurs) throws CredentialRefused {
        try {
            return providers.caller(token).orElseThrow(() -> notOurs);
        } catch (ExpiredToken over) {
            throw new CredentialRefused(over.detail());
        } catch (InvalidToken invalid) {
            // why is for the administrators: the client learns only that it is not good
            DEBUG.debugf("Bearer token refused: %s", invalid.detail());
            throw new CredentialRefused();
        } catch (ProviderFailed down) {
            throw new CredentialUndecided(down);
        }
    }
}
