/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.identity;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import org.diracee.elytron.CredentialVerifier;
import org.diracee.elytron.CredentialVerifiers;
import org.diracee.framework.certificate.boundary.CertificateAccess;
import org.diracee.framework.provider.boundary.ProviderAccess;
import org.diracee.framework.token.boundary.TokenVerification;
import org.jspecify.annotations.Nullable;

/** Connects the application to the server's authentication as long as it is deployed. */
@WebListener
public class CredentialRegistration implements ServletContextListener {

    private final TokenVerification verification;
    private final ProviderAccess providers;
    private final CertificateAccess certificates;
    private @Nullable CredentialVerifier registered;

    @Inject
    public CredentialRegistration(
            TokenVerification verification, ProviderAccess providers, CertificateAccess certificates) {
        this.verification = verification;
        this.providers = providers;
        this.certificates = certificates;
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        CredentialVerifier verifier = new TokenCredentials(verification, providers, certificates);
        CredentialVerifiers.register(verifier);
        registered = verifier;
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        CredentialVerifier verifier = registered;
        if (verifier != null) {
            CredentialVerifiers.unregister(verifier);
        }
    }
}
