/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.login.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.configuration.boundary.Deployment;
import org.diracee.framework.login.control.LoginCodes;
import org.diracee.framework.login.control.LoginSettings;
import org.diracee.framework.login.entity.AuthorizationFlow;
import org.diracee.framework.login.entity.AuthorizationFlowRepository;
import org.diracee.framework.login.entity.AuthorizationFlowStatus;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.framework.token.boundary.Scope;
import org.diracee.framework.token.boundary.TokenIssuer;
import org.diracee.framework.token.boundary.TokenPair;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.FieldError;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.error.MalformedRequest;
import org.diracee.kernel.value.VoName;

/**
 * Log-ins of programs in a browser: the program sends the person to us, gets back a code, and exchanges that with its secret for
 * tokens.
 *
 * @see "DiracX REST reference 4; RFC 6749 4.1; RFC 7636"
 */
@Stateless
public class AuthorizationCodes {

    private static final String LOG_IN = "this is how somebody logs in";
    private static final String AFTER_LOG_IN = "the calling service has authenticated the person";
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");
    private static final int LONGEST_STATE = 4096;

    private static final String PORTAL = "/portal/";

    private AuthorizationFlowRepository flows;
    private DeviceLogin clients;
    private TokenIssuer issuer;
    private Registry registry;
    private ConfigurationService configuration;
    private Deployment deployment;
    private Clock clock;

    protected AuthorizationCodes() {} // for the container's proxy

    @Inject
    public AuthorizationCodes(
            AuthorizationFlowRepository flows,
            DeviceLogin clients,
            TokenIssuer issuer,
            Registry registry,
            ConfigurationService configuration,
            Deployment deployment,
            Clock clock) {
        this.flows = flows;
        this.clients = clients;
        this.issuer = issuer;
        this.registry = registry;
        this.configuration = configuration;
        this.deployment = deployment;
        this.clock = clock;
    }

    /** A log-in that has begun. */
    record Begun(UUID flow, VoName vo) {}

    /**
     * Begins a log-in.
     *
     * @throws InvalidRequest if the client is not ours, its address is not allowed, or the scope is invalid
     */
    @OpenAccess(LOG_IN)
    public Begun begin(AuthorizationRequest request) {
        clients.requireClient(request.clientId());
        if (!isPortal(request.redirectUri()) && !settings().redirects().contains(request.redirectUri())) {
            throw new InvalidRequest(
                    "Invalid redirect_uri: it is none of those that the option RedirectURIs allows, letter by letter");
        }
        if (!CHALLENGE.matcher(request.codeChallenge()).matches()) {
            throw malformed("code_challenge", "a SHA-256 in base64url has 43 characters");
        }
        if (request.state().length() > LONGEST_STATE) {
            throw malformed("state", "at most " + LONGEST_STATE + " characters");
        }
        Scope scope = Scope.parse(request.scope(), registry);
        AuthorizationFlow flow = AuthorizationFlow.begun(
                request.clientId(),
                request.redirectUri(),
                scope.text(),
                request.codeChallenge(),
                request.state(),
                clock.instant().plus(settings().deviceFlowLifetime()));
        flows.add(flow);
        return new Begun(flow.id(), scope.vo());
    }

    /** A log-in that waits for the person; empty if there is none of this id, or it does not wait any more. */
    @OpenAccess("shows what the program asked for to whoever knows the id, which only the browser that began it does")
    public Optional<ProgramLogin> pending(UUID id) {
        Instant now = clock.instant();
        return flows.find(id)
                .filter(flow -> flow.status() == AuthorizationFlowStatus.PENDING && !flow.expired(now))
                .flatMap(this::shown);
    }

    private Optional<ProgramLogin> shown(AuthorizationFlow flow) {
        try {
            return Optional.of(new ProgramLogin(
                    flow.id(),
                    URI.create(flow.redirectUri()),
                    PendingLogin.of(
                            flow.id().toString(), flow.clientId(), Scope.parse(flow.scope(), registry), registry)));
        } catch (DiracException scopeIsGone) {
            return Optional.empty();
        }
    }

    /**
     * What a log-in asks for.
     *
     * @throws InvalidLoginState if it does not wait any more
     */
    @OpenAccess(AFTER_LOG_IN)
    public Scope scope(UUID flow) {
        return Scope.parse(
                waiting(flows.find(flow).orElseThrow(InvalidLoginState::new)).scope(), registry);
    }

    /**
     * Ends the person's part.
     *
     * @return where to send the person, with the code
     * @throws InvalidLoginState if it does not wait any more
     */
    @OpenAccess(AFTER_LOG_IN)
    public String approve(UUID id, String subject) {
        AuthorizationFlow flow = waiting(flows.lock(id).orElseThrow(InvalidLoginState::new));
        String code = LoginCodes.deviceCode();
        flow.approve(subject, LoginCodes.hexHash(code), clock.instant().plus(LoginSettings.CODE_LIFE));
        return returning(flow, "code", code);
    }

    /**
     * Ends a log-in, because the person did not log in.
     *
     * @return where to send the person, with the error
     * @throws InvalidLoginState if it does not wait any more
     */
    @OpenAccess(AFTER_LOG_IN)
    public String denied(UUID id) {
        AuthorizationFlow flow = waiting(flows.lock(id).orElseThrow(InvalidLoginState::new));
        flows.remove(flow);
        return returning(flow, "error", "access_denied");
    }

    /**
     * Exchanges a code for tokens, once.
     *
     * @throws InvalidGrant if the code is unknown, expired or used, or anything else differs from what was begun
     * @throws Forbidden if the person may not have what the log-in asked for
     */
    @OpenAccess(LOG_IN)
    public TokenPair exchange(String clientId, String code, String redirectUri, String verifier) {
        clients.requireClient(clientId);
        AuthorizationFlow flow = flows.lock(LoginCodes.hexHash(code)).orElseThrow(InvalidGrant::unknownCode);
        if (flow.status() == AuthorizationFlowStatus.DONE) {
            throw InvalidGrant.used();
        }
        if (flow.expired(clock.instant())) {
            throw InvalidGrant.unknownCode();
        }
        if (!flow.clientId().equals(clientId)) {
            throw InvalidGrant.anotherClient();
        }
        if (!flow.redirectUri().equals(redirectUri)) {
            throw InvalidGrant.anotherRedirect();
        }
        if (!VERIFIER.matcher(verifier).matches() || !isChallenge(flow.codeChallenge(), verifier)) {
            throw InvalidGrant.wrongVerifier();
        }
        // the person may have been registered a moment ago, on another node
        String subject = flow.subject().orElseThrow();
        Scope scope = Scope.parse(flow.scope(), registry);
        if (registry.user(scope.vo(), subject).isEmpty()) {
            configuration.refresh();
        }
        TokenPair tokens = issuer.userTokens(subject, scope);
        flow.finish();
        return tokens;
    }

    /** Forgets at most this many log-ins that are long over; tells how many. */
    @OpenAccess("called by the cleaning agent")
    public int forgetOld(int limit) {
        return flows.deleteExpiredBefore(clock.instant().minus(DeviceLogin.FORGOTTEN_AFTER), limit);
    }

    /** The portal is served beside the API, so its address needs no leave of an administrator. */
    private boolean isPortal(String redirectUri) {
        return redirectUri.equals(deployment.publicUrl() + PORTAL);
    }

    private AuthorizationFlow waiting(AuthorizationFlow flow) {
        Instant now = clock.instant();
        if (flow.status() != AuthorizationFlowStatus.PENDING || flow.expired(now)) {
            throw new InvalidLoginState();
        }
        return flow;
    }

    private static String returning(AuthorizationFlow flow, String name, String value) {
        String address = flow.redirectUri();
        return address + (address.indexOf('?') < 0 ? "?" : "&") + name + "="
                + URLEncoder.encode(value, StandardCharsets.UTF_8) + "&state="
                + URLEncoder.encode(flow.clientState(), StandardCharsets.UTF_8);
    }

    private static boolean isChallenge(String challenge, String verifier) {
        return MessageDigest.isEqual(
                challenge.getBytes(StandardCharsets.US_ASCII),
                LoginCodes.challenge(verifier).getBytes(StandardCharsets.US_ASCII));
    }

    private static MalformedRequest malformed(String field, String what) {
        return new MalformedRequest(field + ": " + what, List.of(new FieldError(field, what)));
    }

    private LoginSettings settings() {
        return new LoginSettings(configuration.current());
    }
}
