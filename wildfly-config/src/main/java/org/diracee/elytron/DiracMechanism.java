/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.elytron;

import java.io.IOException;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.sasl.AuthorizeCallback;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.wildfly.security.auth.callback.AuthenticationCompleteCallback;
import org.wildfly.security.auth.callback.EvidenceVerifyCallback;
import org.wildfly.security.http.HttpAuthenticationException;
import org.wildfly.security.http.HttpScope;
import org.wildfly.security.http.HttpServerAuthenticationMechanism;
import org.wildfly.security.http.HttpServerMechanismsResponder;
import org.wildfly.security.http.HttpServerRequest;
import org.wildfly.security.http.Scope;

/**
 * Authenticates one request: if it has an Authorization header, that decides alone; otherwise the certificate that the client
 * showed when it connected, if it did and no page of another site made it.
 *
 * <p>The server asks only where the application demands authentication (its proactive authentication is off), so that
 * public paths answer whatever credentials a client sends along.
 */
final class DiracMechanism implements HttpServerAuthenticationMechanism {

    static final String NAME = "DIRAC";

    private static final Logger LOG = Logger.getLogger(DiracMechanism.class);

    /** The scheme's case does not matter (RFC 9110); what is no JWT is for the verifier to refuse, not a bad request. */
    private static final Pattern BEARER = Pattern.compile("(?i)bearer +([\\x21-\\x7e]+) *");

    /** A header of another scheme, with its credentials. */
    private static final Pattern OTHER_SCHEME =
            Pattern.compile("(?!(?i:bearer) )[A-Za-z][A-Za-z0-9-]{0,30} +[\\x21-\\x7e].*");

    private final CallbackHandler handler;

    DiracMechanism(CallbackHandler handler) {
        this.handler = handler;
    }

    @Override
    public String getMechanismName() {
        return NAME;
    }

    @Override
    public void evaluateRequest(HttpServerRequest request) {
        @Nullable List<String> headers = request.getRequestHeaderValues("Authorization");
        if (headers == null || headers.isEmpty()) {
            List<X509Certificate> chain = chain(request.getSSLSession());
            if (chain.isEmpty()) {
                request.noAuthenticationInProgress(respond(request, AuthenticationProblem.headerMissing()));
            } else if (ForeignPage.asks(
                    first(request, "Sec-Fetch-Site"), first(request, "Origin"), first(request, "Host"))) {
                refuse(request, AuthenticationProblem.foreignPage());
            } else {
                authenticate(
                        request,
                        verifier -> verifier.verifyCertificate(chain),
                        AuthenticationProblem::certificateRefused);
            }
            return;
        }
        if (headers.size() == 1 && OTHER_SCHEME.matcher(headers.get(0)).matches()) {
            refuse(request, AuthenticationProblem.otherScheme());
            return;
        }
        Matcher bearer = BEARER.matcher(headers.get(0));
        if (headers.size() > 1 || !bearer.matches()) {
            AuthenticationProblem problem = AuthenticationProblem.headerMalformed();
            request.badRequest(new HttpAuthenticationException(problem.detail()), respond(request, problem));
            return;
        }
        String token = bearer.group(1);
        authenticate(request, verifier -> verifier.verifyBearer(token), AuthenticationProblem::refused);
    }

    private static @Nullable String first(HttpServerRequest request, String header) {
        @Nullable List<String> values = request.getRequestHeaderValues(header);
        return values == null || values.isEmpty() ? null : values.get(0);
    }

    /**
     * The certificates of the connection; none if the client has shown none. Not those that the request could ask for, because that
     * asks the client again in the middle of a request.
     */
    private static List<X509Certificate> chain(@Nullable SSLSession session) {
        if (session == null) {
            return List.of();
        }
        try {
            return Arrays.stream(session.getPeerCertificates())
                    .filter(X509Certificate.class::isInstance)
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (SSLPeerUnverifiedException none) {
            return List.of();
        }
    }

    private interface Verification {
        Principal by(CredentialVerifier verifier) throws CredentialRefused;
    }

    private void authenticate(
            HttpServerRequest request,
            Verification verification,
            Function<CredentialRefused, AuthenticationProblem> problem) {
        try {
            Optional<CredentialVerifier> verifier = CredentialVerifiers.current();
            if (verifier.isEmpty()) {
                refuse(request, AuthenticationProblem.unavailable()); // the application is still starting
                return;
            }
            accept(request, verification.by(verifier.get()));
        } catch (CredentialRefused refusal) {
            refuse(request, problem.apply(refusal));
        } catch (CredentialUndecided undecided) {
            LOG.debug("A credential cannot be verified now", undecided.getCause());
            refuse(request, AuthenticationProblem.unavailable());
        } catch (IOException | UnsupportedCallbackException | RuntimeException failure) {
            LOG.error("DIRACSEC-0001: A credential could not be verified", failure);
            refuse(request, AuthenticationProblem.unavailable());
        }
    }

    private void accept(HttpServerRequest request, Principal sender) throws IOException, UnsupportedCallbackException {
        EvidenceVerifyCallback verified = new EvidenceVerifyCallback(new VerifiedEvidence(sender));
        handler.handle(new Callback[] {verified});
        AuthorizeCallback authorized = new AuthorizeCallback(null, null); // as itself, not on behalf of another
        if (verified.isVerified()) {
            handler.handle(new Callback[] {authorized});
        }
        if (!authorized.isAuthorized()) {
            throw new IllegalStateException("The security domain does not believe its own mechanism");
        }
        handler.handle(new Callback[] {AuthenticationCompleteCallback.SUCCEEDED});
        request.authenticationComplete();
    }

    private void refuse(HttpServerRequest request, AuthenticationProblem problem) {
        try {
            handler.handle(new Callback[] {AuthenticationCompleteCallback.FAILED});
        } catch (IOException | UnsupportedCallbackException | RuntimeException failure) {
            LOG.debug("The server does not want to know that authentication failed", failure);
        }
        request.authenticationFailed(problem.detail(), respond(request, problem));
    }

    /** Status and headers only: a body that is written here would go out with status 200. */
    private static HttpServerMechanismsResponder respond(HttpServerRequest request, AuthenticationProblem problem) {
        return response -> {
            @Nullable HttpScope scope = request.getScope(Scope.EXCHANGE);
            if (scope != null && scope.supportsAttachments()) {
                scope.setAttachment(AuthenticationProblem.TITLE, problem.title());
                scope.setAttachment(AuthenticationProblem.DETAIL, problem.detail());
            }
            problem.headers().forEach(response::addResponseHeader);
            response.setStatusCode(problem.status());
        };
    }
}
