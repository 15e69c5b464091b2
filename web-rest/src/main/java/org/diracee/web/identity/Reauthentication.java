/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.diracee.elytron.CredentialRefused;
import org.diracee.framework.certificate.boundary.CertificateAccess;
import org.diracee.framework.provider.boundary.ProviderAccess;
import org.diracee.framework.suspension.boundary.Suspended;
import org.diracee.framework.suspension.boundary.SuspensionList;
import org.diracee.framework.token.boundary.Sessions;
import org.diracee.framework.token.boundary.TokenVerification;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.TokenSession;
import org.diracee.kernel.error.InvalidToken;

/** Tells whether the sender of a request would still be let in, for answers that go on for long. */
@ApplicationScoped
public class Reauthentication {

    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private TokenCredentials credentials;
    private TokenVerification verification;
    private Sessions sessions;
    private SuspensionList suspensions;

    protected Reauthentication() {} // for the container's proxy

    @Inject
    public Reauthentication(
            TokenVerification verification,
            ProviderAccess providers,
            CertificateAccess certificates,
            Sessions sessions,
            SuspensionList suspensions) {
        this.credentials = new TokenCredentials(verification, providers, certificates);
        this.verification = verification;
        this.sessions = sessions;
        this.suspensions = suspensions;
    }

    /** What the sender of this request has shown. */
    public Standing of(HttpServletRequest request, Caller caller) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header != null) {
            String token = header.substring(header.indexOf(' ') + 1);
            Optional<UUID> session = session(token);
            return () -> {
                require(caller, () -> credentials.verifyBearer(token));
                if (caller instanceof Caller.User user
                        && session.filter(id -> !sessions.goesOn(user.vo(), user.subject(), id))
                                .isPresent()) {
                    throw new InvalidToken("its session has ended");
                }
            };
        }
        X509Certificate[] chain = (X509Certificate[]) request.getAttribute(CERTIFICATES);
        return () -> require(caller, () -> credentials.verifyCertificate(List.of(chain)));
    }

    private Optional<UUID> session(String token) {
        try {
            return verification.inspect(token).session().map(TokenSession::id);
        } catch (InvalidToken ofAProvider) {
            return Optional.empty();
        }
    }

    private void require(Caller caller, Check check) {
        try {
            if (!(check.sender() instanceof CallerPrincipal now)
                    || !now.caller().equals(caller)) {
                throw new InvalidToken("its rights have changed");
            }
        } catch (CredentialRefused over) {
            throw new InvalidToken(String.valueOf(over.getMessage()));
        }
        suspensions.require(caller);
    }

    private interface Check {
        Principal sender() throws CredentialRefused;
    }

    /** What somebody has shown and may not count any more. */
    public interface Standing {

        /**
         * Returns if it still counts.
         *
         * @throws InvalidToken if it does not
         * @throws Suspended if its holder is suspended
         */
        void require();
    }
}
