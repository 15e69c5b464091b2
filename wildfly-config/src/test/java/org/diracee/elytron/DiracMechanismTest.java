/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.elytron;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.sasl.AuthorizeCallback;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildfly.security.auth.callback.AuthenticationCompleteCallback;
import org.wildfly.security.auth.callback.EvidenceVerifyCallback;
import org.wildfly.security.auth.permission.LoginPermission;
import org.wildfly.security.auth.server.SecurityDomain;
import org.wildfly.security.auth.server.SecurityIdentity;
import org.wildfly.security.auth.server.ServerAuthenticationContext;
import org.wildfly.security.http.HttpAuthenticationException;
import org.wildfly.security.http.HttpScope;
import org.wildfly.security.http.HttpServerMechanismsResponder;
import org.wildfly.security.http.HttpServerRequest;
import org.wildfly.security.http.HttpServerResponse;

/** The mechanism before a real security domain with the real realm; only the HTTP exchange is played. */
class DiracMechanismTest {

    private static final String OTHER_SCHEME = "Authorization: the scheme is not accepted here; allowed is Bearer";

    private record Alice(String token) implements Principal {
        @Override
        public String getName() {
            return "alice";
        }
    }

    private static final X509Certificate[] NOBODY =
            new AcceptedIssuers(Optional.empty(), Clock.systemUTC()).certificates();

    private final List<Principal> issued = new ArrayList<>();
    private boolean revoked;
    private final CredentialVerifier verifier = new CredentialVerifier() {
        @Override
        public Principal verifyBearer(String token) throws CredentialRefused {
            if (token.startsWith("broken")) {
                throw new IllegalStateException("the key store is away");
            }
            if (token.startsWith("undecided")) {
                throw new CredentialUndecided(new IllegalStateException("the provider is away"));
            }
            if (!token.startsWith("good")) {
                throw new CredentialRefused();
            }
            Alice alice = new Alice(token);
            issued.add(alice);
            return alice;
        }

        @Override
        public Principal verifyCertificate(List<X509Certificate> chain) throws CredentialRefused {
            if (revoked) {
                throw new CredentialRefused("The certificate does not count here: it is revoked");
            }
            Alice alice = new Alice(chain.get(0).getSubjectX500Principal().getName());
            issued.add(alice);
            return alice;
        }
    };

    @BeforeEach
    void registerVerifier() {
        CredentialVerifiers.register(verifier);
    }

    @AfterEach
    void unregisterVerifier() {
        CredentialVerifiers.unregister(verifier);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer good", "bearer good", "BEARER   good.-_~+/==  ", "Bearer good!$"})
    void handsTheVerifiersOwnPrincipalThrough(String header) {
        Exchange exchange = Exchange.with(header);
        assertThat(exchange.identity().map(SecurityIdentity::getPrincipal))
                .hasValueSatisfying(principal -> assertThat(principal).isSameAs(issued.get(0)));
        assertThat(exchange.outcome).isEqualTo("authenticationComplete");
    }

    @Test
    void challengesARequestWithoutHeader() {
        Exchange exchange = Exchange.with();
        assertThat(exchange.identity()).isEmpty();
        assertThat(exchange.outcome).isEqualTo("noAuthenticationInProgress");
        assertThat(exchange.answer(401, "Authorization header is missing"))
                .isEqualTo(Map.of("WWW-Authenticate", "Bearer"));
    }

    @Test
    void takesTheCertificateOfTheConnectionForARequestWithoutHeader() {
        Exchange exchange = Exchange.withCertificate();
        assertThat(exchange.identity().map(SecurityIdentity::getPrincipal))
                .contains(new Alice("CN=No client certificates"));
    }

    @Test
    void saysWhatIsWrongWithACertificate() {
        revoked = true;
        Exchange exchange = Exchange.withCertificate();
        assertThat(exchange.identity()).isEmpty();
        assertThat(exchange.answer(401, "The certificate does not count here: it is revoked"))
                .isEqualTo(Map.of("WWW-Authenticate", "Bearer"));
    }

    @ParameterizedTest
    @CsvSource({"Sec-Fetch-Site,cross-site", "Sec-Fetch-Site,same-site", "Origin,https://evil.example", "Origin,null"})
    void takesNoCertificateForAPageOfAnotherSite(String header, String value) {
        Exchange exchange = Exchange.withCertificate(Map.of("Host", "dirac.example.org", header, value));
        assertThat(exchange.identity()).isEmpty();
        assertThat(issued).isEmpty();
        assertThat(exchange.answer(403, ForeignPage.DETAIL)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Sec-Fetch-Site,same-origin", "Sec-Fetch-Site,none", "Origin,https://Dirac.example.org:8443"})
    void takesTheCertificateForItsOwnPagesAndForPeople(String header, String value) {
        assertThat(Exchange.withCertificate(Map.of("Host", "dirac.example.org:8443", header, value))
                        .identity())
                .isPresent();
    }

    @Test
    void asksForAHeaderIfNoCertificatesCount() {
        CredentialVerifiers.register(token -> new Alice(token));
        assertThat(Exchange.withCertificate().answer(401, "Authorization header is missing"))
                .isEqualTo(Map.of("WWW-Authenticate", "Bearer"));
        CredentialVerifiers.register(verifier);
        assertThat(Exchange.withoutCertificate().answer(401, "Authorization header is missing"))
                .isEqualTo(Map.of("WWW-Authenticate", "Bearer"));
    }

    @Test
    void looksAtNoCertificateBesideAHeader() {
        assertThat(Exchange.withCertificate("Bearer tampered").answer(401, "Invalid JWT"))
                .containsKey("WWW-Authenticate");
        assertThat(Exchange.withCertificate("Basic eDp5").answer(401, OTHER_SCHEME))
                .containsKey("WWW-Authenticate");
        assertThat(Exchange.withCertificate("Bearer good").identity().map(SecurityIdentity::getPrincipal))
                .contains(new Alice("good"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearergood", "Bearer a b", "good", "Bearer gööd"})
    void callsAMalformedHeaderABadRequest(String header) {
        Exchange exchange = Exchange.with(header);
        assertThat(exchange.identity()).isEmpty();
        assertThat(exchange.outcome).isEqualTo("badRequest");
        assertThat(exchange.answer(400, "Invalid authorization header")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic eDp5", "DPoP good", "Digest username=\"alice\", realm=\"x\""})
    void challengesAnotherSchemeToBearer(String header) {
        Exchange exchange = Exchange.with(header);
        assertThat(exchange.identity()).isEmpty();
        assertThat(exchange.answer(401, OTHER_SCHEME)).isEqualTo(Map.of("WWW-Authenticate", "Bearer"));
    }

    @Test
    void doesNotChooseBetweenTwoHeaders() {
        Exchange exchange = Exchange.with("Bearer good", "Bearer good");
        assertThat(exchange.identity()).isEmpty();
        assertThat(exchange.answer(400, "Invalid authorization header")).isEmpty();
    }

    @Test
    void refusesWhatTheVerifierRefuses() {
        Exchange exchange = Exchange.with("Bearer tampered");
        assertThat(exchange.identity()).isEmpty();
        assertThat(exchange.outcome).isEqualTo("authenticationFailed");
        assertThat(exchange.answer(401, "Invalid JWT"))
                .isEqualTo(Map.of("WWW-Authenticate", "Bearer error=\"invalid_token\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer broken", "Bearer undecided"})
    void asksToComeBackWhenTheVerifierFails(String header) {
        Exchange exchange = Exchange.with(header);
        assertThat(exchange.identity()).isEmpty();
        assertThat(exchange.answer(503, "Authentication is not available at the moment"))
                .isEqualTo(Map.of("Retry-After", "10"));
    }

    @Test
    void asksToComeBackWhileThereIsNoVerifier() {
        CredentialVerifiers.unregister(verifier);
        Exchange exchange = Exchange.with("Bearer good");
        assertThat(exchange.identity()).isEmpty();
        assertThat(exchange.answer(503, "Authentication is not available at the moment"))
                .isEqualTo(Map.of("Retry-After", "10"));
    }

    @Test
    void keepsANewVerifierWhenTheOldOneLeaves() {
        CredentialVerifier successor = token -> new Alice(token);
        CredentialVerifiers.register(successor);
        CredentialVerifiers.unregister(verifier);
        assertThat(CredentialVerifiers.current()).containsSame(successor);
        CredentialVerifiers.unregister(successor);
        assertThat(CredentialVerifiers.current()).isEmpty();
    }

    /** One request through the mechanism, and what came of it. */
    private static final class Exchange {

        private final ServerAuthenticationContext context;
        private final Map<String, Object> attachments = new HashMap<>();
        private final Map<String, String> headers = new HashMap<>();
        private String outcome = "none";
        private int status;
        private @Nullable HttpServerMechanismsResponder responder;
        private @Nullable SSLSession session;
        private Map<String, String> others = Map.of();

        private Exchange() {
            SecurityDomain domain = SecurityDomain.builder()
                    .addRealm("dirac", new DiracRealm())
                    .build()
                    .setDefaultRealmName("dirac")
                    .setPermissionMapper((principal, roles) -> LoginPermission.getInstance()::equals)
                    .build();
            context = domain.createNewAuthenticationContext();
        }

        static Exchange with(String... authorization) {
            return new Exchange().evaluate(authorization);
        }

        static Exchange withCertificate(String... authorization) {
            Exchange exchange = new Exchange();
            exchange.session = fake(SSLSession.class, (method, arguments) -> NOBODY);
            return exchange.evaluate(authorization);
        }

        static Exchange withCertificate(Map<String, String> others) {
            Exchange exchange = new Exchange();
            exchange.session = fake(SSLSession.class, (method, arguments) -> NOBODY);
            exchange.others = others;
            return exchange.evaluate();
        }

        static Exchange withoutCertificate() {
            Exchange exchange = new Exchange();
            exchange.session = fake(SSLSession.class, (method, arguments) -> {
                throw new SSLPeerUnverifiedException("none");
            });
            return exchange.evaluate();
        }

        private Exchange evaluate(String... authorization) {
            try {
                new DiracMechanism(this::handle).evaluateRequest(request(List.of(authorization)));
            } catch (RuntimeException e) {
                throw new AssertionError("The mechanism must answer, not throw", e);
            }
            return this;
        }

        /** What the server does with a mechanism's callbacks; its own handler for this is not public. */
        private void handle(Callback[] callbacks) throws IOException, UnsupportedCallbackException {
            for (Callback callback : callbacks) {
                if (callback instanceof EvidenceVerifyCallback evidence) {
                    evidence.setVerified(context.verifyEvidence(evidence.getEvidence()));
                } else if (callback instanceof AuthorizeCallback authorize) {
                    authorize.setAuthorized(context.authorize());
                } else if (callback instanceof AuthenticationCompleteCallback complete) {
                    if (complete.succeeded()) {
                        context.succeed();
                    } else {
                        context.fail();
                    }
                } else {
                    throw new UnsupportedCallbackException(callback);
                }
            }
        }

        Optional<SecurityIdentity> identity() {
            return outcome.equals("authenticationComplete")
                    ? Optional.of(context.getAuthorizedIdentity())
                    : Optional.empty();
        }

        /** Checks status and texts of the answer and returns its headers. */
        Map<String, String> answer(int expectedStatus, String expectedDetail) {
            if (responder == null) {
                throw new AssertionError("The mechanism left no answer");
            }
            try {
                responder.sendResponse(fake(HttpServerResponse.class, (method, arguments) -> {
                    switch (method) {
                        case "addResponseHeader" -> headers.put((String) arguments[0], (String) arguments[1]);
                        case "setStatusCode" -> status = (int) arguments[0];
                        default -> throw new AssertionError("unexpected: " + method);
                    }
                    return null;
                }));
            } catch (HttpAuthenticationException e) {
                throw new AssertionError(e);
            }
            assertThat(status).isEqualTo(expectedStatus);
            assertThat(attachments).containsEntry(AuthenticationProblem.DETAIL, expectedDetail);
            assertThat(attachments).containsKey(AuthenticationProblem.TITLE);
            return headers;
        }

        private HttpServerRequest request(List<String> authorization) {
            return fake(HttpServerRequest.class, (method, arguments) -> switch (method) {
                case "getRequestHeaderValues" -> values(authorization, (String) arguments[0]);
                case "getScope" -> scope();
                case "getSSLSession" -> session;
                case "authenticationComplete" -> conclude(method, null);
                case "noAuthenticationInProgress" -> conclude(method, arguments[0]);
                case "badRequest", "authenticationFailed" -> conclude(method, arguments[1]);
                default -> throw new AssertionError("unexpected: " + method);
            });
        }

        private @Nullable List<String> values(List<String> authorization, String header) {
            if (!header.equals("Authorization")) {
                return others.containsKey(header) ? List.of(others.get(header)) : null;
            }
            return authorization.isEmpty() ? null : authorization;
        }

        private @Nullable Object conclude(String method, @Nullable Object answer) {
            outcome = method;
            responder = (HttpServerMechanismsResponder) answer;
            return null;
        }

        private HttpScope scope() {
            return fake(HttpScope.class, (method, arguments) -> switch (method) {
                case "supportsAttachments" -> true;
                case "setAttachment" -> attachments.put((String) arguments[0], arguments[1]);
                default -> throw new AssertionError("unexpected: " + method);
            });
        }

        private interface Call {
            @Nullable
            Object answer(String method, Object[] arguments) throws Exception;
        }

        private static <T> T fake(Class<T> type, Call call) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(),
                    new Class<?>[] {type},
                    (proxy, method, arguments) ->
                            call.answer(method.getName(), arguments == null ? new Object[0] : arguments)));
        }
    }
}
