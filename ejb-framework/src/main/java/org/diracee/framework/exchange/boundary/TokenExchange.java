/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.exchange.boundary;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.AuditActor;
import org.diracee.framework.audit.boundary.AuditedAct;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.framework.client.boundary.ClientGrant;
import org.diracee.framework.client.boundary.RegisteredClient;
import org.diracee.framework.limit.boundary.RateLimits;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.framework.token.boundary.IssuedToken;
import org.diracee.framework.token.boundary.Scope;
import org.diracee.framework.token.boundary.Sessions;
import org.diracee.framework.token.boundary.TokenIssuer;
import org.diracee.framework.token.boundary.TokenPair;
import org.diracee.framework.token.boundary.TokenVerification;
import org.diracee.framework.token.boundary.VerifiedToken;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.access.TokenSession;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.error.InvalidToken;

/**
 * Gives a token for a user's access token of ours: one for a storage or computing element, or one by which a registered client acts
 * for the user. Neither allows more than what it was given for, and neither can be exchanged for more.
 *
 * @see "RFC 8693"
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TokenExchange {

    /** @see "RFC 8693 3" */
    public static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

    private static final String REFRESH_TOKEN = "urn:ietf:params:oauth:token-type:refresh_token";
    private static final String JWT = "urn:ietf:params:oauth:token-type:jwt";

    private TokenVerification verification;
    private ScopedTokens scoped;
    private TokenIssuer issuer;
    private Registry registry;
    private Sessions sessions;
    private RateLimits limits;
    private SecurityAudit audit;
    private Clock clock;

    protected TokenExchange() {} // for the container's proxy

    @Inject
    public TokenExchange(
            TokenVerification verification,
            ScopedTokens scoped,
            TokenIssuer issuer,
            Registry registry,
            Sessions sessions,
            RateLimits limits,
            SecurityAudit audit,
            Clock clock) {
        this.verification = verification;
        this.scoped = scoped;
        this.issuer = issuer;
        this.registry = registry;
        this.sessions = sessions;
        this.limits = limits;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * The token wanted.
     *
     * @param client the registered client that asks; empty for the public one
     * @throws InvalidRequest if the given token is not a user's access token of ours, the request is not one that we know, or the
     *     scope is more than allowed
     * @throws AudienceRefused if there are no tokens for this service
     * @throws ClientRefused if the client may not do this
     * @throws org.diracee.framework.limit.boundary.TooManyRequests if the user has had too many
     * @throws Forbidden if the user may not act in this scope any more
     */
    @OpenAccess("the token given is the credential")
    public ExchangedToken exchange(Optional<RegisteredClient> client, ExchangeRequest request) {
        VerifiedToken given = subject(client, request);
        Caller.User user = (Caller.User) given.caller();
        limits.countTokens(user.vo(), user.subject());
        try {
            return request.audience().isPresent()
                    ? forService(
                            client, given, user, request, request.audience().get())
                    : forClient(
                            client.orElseThrow(
                                    () -> invalid("audience is missing: it names the service that the token is"
                                            + " for; only a registered client may leave it out, to act for the user")),
                            given,
                            user,
                            request);
        } catch (DiracException refusal) {
            audit.refused(AuditedAct.refused(
                    AuditAct.TOKEN_EXCHANGE,
                    AuditActor.of(user),
                    request.audience().map(name -> "service:" + name).orElseGet(() -> client.map(
                                    known -> "client:" + known.id())
                            .orElse("")),
                    refusal.detail()));
            throw refusal;
        }
    }

    private ExchangedToken forService(
            Optional<RegisteredClient> client,
            VerifiedToken given,
            Caller.User user,
            ExchangeRequest request,
            String audience) {
        requireWanted(request, List.of(ACCESS_TOKEN, JWT));
        requireHolder(client, given);
        client.ifPresent(known -> requireGrant(known, user));
        String scope = request.scope()
                .orElseThrow(() -> invalid("scope is missing: it names what the token is to allow at the service"));
        ServiceToken token = scoped.forUser(user, client, audience, scope);
        return new ExchangedToken(token.text(), token.remaining(clock), Optional.empty(), ACCESS_TOKEN, token.scope());
    }

    private ExchangedToken forClient(
            RegisteredClient client, VerifiedToken given, Caller.User user, ExchangeRequest request) {
        requireWanted(request, List.of(ACCESS_TOKEN, JWT, REFRESH_TOKEN));
        requireGrant(client, user);
        if (!client.actsForUsers()) {
            throw ClientRefused.mayNot("act for users: its option ActForUsers is not set");
        }
        if (given.client().isPresent()) {
            throw invalid(
                    "The subject_token was given to a client: only a user's own can be exchanged for one to act by");
        }
        request.scope().ifPresent(scope -> requireWithin(user, scope));
        String scope = "vo:" + user.vo() + " group:" + user.group();
        if (request.requestedTokenType().filter(REFRESH_TOKEN::equals).isPresent()) {
            if (!client.may(ClientGrant.REFRESH_TOKEN)) {
                throw ClientRefused.mayNot("begin sessions: its option Grants does not name refresh_token");
            }
            TokenPair tokens = issuer.actingTokens(user, client, given.session().flatMap(TokenSession::ends));
            return new ExchangedToken(
                    tokens.access().text(),
                    tokens.expiresIn(),
                    Optional.of(tokens.refresh().text()),
                    ACCESS_TOKEN,
                    scope);
        }
        IssuedToken token = issuer.actingToken(user, client, given.expires());
        return new ExchangedToken(token.text(), token.remaining(clock), Optional.empty(), ACCESS_TOKEN, scope);
    }

    private VerifiedToken subject(Optional<RegisteredClient> client, ExchangeRequest request) {
        if (!List.of(ACCESS_TOKEN, JWT).contains(request.subjectTokenType())) {
            throw invalid("subject_token_type is not known: allowed is " + ACCESS_TOKEN);
        }
        String wrong;
        try {
            VerifiedToken given = verification.inspect(request.subjectToken());
            if (!(given.caller() instanceof Caller.User user)) {
                wrong = "only a user's can be exchanged";
            } else if (!goesOn(user, given.session())) {
                wrong = "its session has ended";
            } else {
                return given;
            }
        } catch (InvalidToken useless) {
            wrong = useless.detail();
        }
        audit.refused(AuditedAct.refused(
                AuditAct.TOKEN_EXCHANGE,
                client.map(known -> AuditActor.somebodyOf(known.vo())).orElse(AuditActor.UNKNOWN),
                client.map(known -> "client:" + known.id()).orElse(""),
                "subject_token: " + wrong));
        throw invalid("The subject_token is not a user's access token of this server: " + wrong);
    }

    /** What is given for a token may outlast it, and so must not begin after the end of the session that the token is of. */
    private boolean goesOn(Caller.User user, Optional<TokenSession> session) {
        return session.filter(of -> of.ends()
                                .filter(ends -> !clock.instant().isBefore(ends))
                                .isPresent()
                        || !sessions.goesOn(user.vo(), user.subject(), of.id()))
                .isEmpty();
    }

    /** A token that was given to a client is exchanged by that client alone: whoever else has it has taken it. */
    private static void requireHolder(Optional<RegisteredClient> client, VerifiedToken given) {
        if (given.client().isPresent() && !given.client().equals(client.map(RegisteredClient::id))) {
            throw invalid("The subject_token was given to a registered client, which alone may exchange it");
        }
    }

    private static void requireGrant(RegisteredClient client, Caller.User user) {
        if (!client.may(ClientGrant.TOKEN_EXCHANGE)) {
            throw ClientRefused.mayNot("exchange tokens: its option Grants does not name token-exchange");
        }
        if (!client.vo().equals(user.vo())) {
            throw ClientRefused.mayNot("exchange tokens of another VO than " + client.vo());
        }
    }

    private void requireWithin(Caller.User user, String text) {
        Scope scope = Scope.parse(text, registry);
        boolean isWithin = scope.vo().equals(user.vo())
                && scope.group().equals(user.group())
                && scope.extra().stream().allMatch(user::has);
        if (!isWithin) {
            throw new InvalidRequest(
                    ErrorCode.INVALID_SCOPE,
                    "Invalid scope: the subject_token is for vo:" + user.vo() + " group:" + user.group()
                            + " with the properties "
                            + user.properties().stream()
                                    .map(Property::wireName)
                                    .sorted()
                                    .toList()
                            + ", and no more can be had for it");
        }
    }

    private static void requireWanted(ExchangeRequest request, List<String> possible) {
        if (request.requestedTokenType()
                .filter(type -> !possible.contains(type))
                .isPresent()) {
            throw invalid("requested_token_type is not possible here: allowed are " + String.join(", ", possible));
        }
    }

    private static InvalidRequest invalid(String detail) {
        return new InvalidRequest(ErrorCode.INVALID_TOKEN_REQUEST, detail);
    }
}
