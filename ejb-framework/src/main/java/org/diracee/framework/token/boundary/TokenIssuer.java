/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.boundary;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.AuditActor;
import org.diracee.framework.audit.boundary.AuditedAct;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.framework.client.boundary.RegisteredClient;
import org.diracee.framework.client.boundary.RegisteredClients;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.configuration.boundary.Deployment;
import org.diracee.framework.suspension.boundary.SuspensionList;
import org.diracee.framework.token.control.Issuer;
import org.diracee.framework.token.control.Jwts;
import org.diracee.framework.token.control.SessionLifetimes;
import org.diracee.framework.token.control.SigningAlgorithm;
import org.diracee.framework.token.control.TokenClaims;
import org.diracee.framework.token.control.TokenSettings;
import org.diracee.framework.token.control.TokenType;
import org.diracee.framework.token.control.UuidV7;
import org.diracee.framework.token.entity.RefreshToken;
import org.diracee.framework.token.entity.RefreshTokenRepository;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Credential;
import org.diracee.kernel.access.CredentialKind;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.access.TokenSession;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidToken;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.VoName;

/**
 * Mints the installation's own tokens.
 *
 * <p>It trusts its callers: who asks for a token of somebody has made sure that it is for that somebody. A pair's refresh
 * token is stored in the caller's transaction.
 */
@Stateless
public class TokenIssuer {

    private static final String COMPUTE = "compute.";
    private static final String AFTER_LOG_IN = "the calling service has authenticated whom the token is for";

    private KeyRing keys;
    private RefreshTokenRepository refreshTokens;
    private TokenUsers users;
    private RegisteredClients clients;
    private ConfigurationService configuration;
    private Deployment deployment;
    private SuspensionList suspensions;
    private SecurityAudit audit;
    private Clock clock;

    protected TokenIssuer() {} // for the container's proxy

    @Inject
    public TokenIssuer(
            KeyRing keys,
            RefreshTokenRepository refreshTokens,
            TokenUsers users,
            RegisteredClients clients,
            ConfigurationService configuration,
            Deployment deployment,
            SuspensionList suspensions,
            SecurityAudit audit,
            Clock clock) {
        this.keys = keys;
        this.refreshTokens = refreshTokens;
        this.users = users;
        this.clients = clients;
        this.configuration = configuration;
        this.deployment = deployment;
        this.suspensions = suspensions;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * The first pair of a user's session.
     *
     * @param subject the user's stable id within the VO
     * @throws Forbidden unless the user is registered, in the group, and has the properties asked for in some group
     */
    @OpenAccess(AFTER_LOG_IN)
    public TokenPair userTokens(String subject, Scope scope) {
        Caller.User user = users.user(subject, scope);
        Instant now = clock.instant();
        UUID jti = UuidV7.at(now);
        RefreshToken refresh = RefreshToken.ofUser(
                jti,
                scope.vo().text(),
                subject,
                scope.text(),
                now,
                SessionLifetimes.least(
                        TokenClaims.expiry(jti, settings().refreshTokenLifetime(scope.vo())),
                        TokenClaims.expiry(jti, settings().sessionLifetime(scope.vo()))));
        refreshTokens.add(refresh);
        LOG.logInGranted(user.username(), user.vo(), user.group().text(), jti.toString());
        return audited(AuditAct.LOG_IN, user, pair(userAccess(user, refresh, now), refresh, now));
    }

    /**
     * An access token by which a registered client acts as the user that is registered for it.
     *
     * @throws Forbidden as for {@link #userTokens}
     */
    @OpenAccess("the calling service has authenticated the client")
    public IssuedToken clientToken(String subject, Scope scope, RegisteredClient client) {
        Caller.User user = users.user(subject, scope);
        LOG.clientTokenGranted(
                client.id(), user.username(), user.vo(), user.group().text());
        IssuedToken token = userAccess(user, Optional.of(client.id()), Optional.empty(), clock.instant(), Instant.MAX);
        audit.record(AuditedAct.done(
                AuditAct.CLIENT,
                AuditActor.of(TokenUsers.by(client.id(), user, user.properties())),
                "token:" + token.id(),
                ""));
        return token;
    }

    /**
     * An access token by which a client acts for a user: in the group and with at most the properties of the token that the user
     * gave it, and not longer.
     *
     * @param given what the user's token says
     * @throws Forbidden if the registry does not allow it any more
     */
    @OpenAccess("the calling service has authenticated the client and seen the user's token")
    public IssuedToken actingToken(Caller.User given, RegisteredClient client, Instant notAfter) {
        Caller.User user = users.acting(given, client);
        IssuedToken token = userAccess(user, Optional.of(client.id()), Optional.empty(), clock.instant(), notAfter);
        audit.record(AuditedAct.done(
                AuditAct.TOKEN_EXCHANGE,
                AuditActor.of(given),
                "token:" + token.id(),
                "the client " + client.id() + " acts for the user"));
        return token;
    }

    /**
     * The first pair of a session in which a client acts for a user.
     *
     * @param given what the user's token says
     * @param sessionEnds when the user's own session ends, if it does at a fixed time: then so does this one
     * @throws Forbidden if the registry does not allow it any more
     */
    @OpenAccess("the calling service has authenticated the client and seen the user's token")
    public TokenPair actingTokens(Caller.User given, RegisteredClient client, Optional<Instant> sessionEnds) {
        Caller.User user = users.acting(given, client);
        Instant now = clock.instant();
        UUID jti = UuidV7.at(now);
        Optional<RegisteredClient> whose = Optional.of(client);
        RefreshToken refresh = RefreshToken.ofActing(
                jti,
                user.vo().text(),
                user.subject(),
                users.scope(given).text(),
                client.id(),
                now,
                SessionLifetimes.least(
                        SessionLifetimes.least(
                                TokenClaims.expiry(jti, lifetimes().refreshToken(user.vo(), whose)),
                                TokenClaims.expiry(jti, lifetimes().session(user.vo(), whose))),
                        sessionEnds.orElse(Instant.MAX)),
                sessionEnds);
        refreshTokens.add(refresh);
        TokenPair tokens = pair(userAccess(user, refresh, now), refresh, now);
        audit.record(AuditedAct.done(
                AuditAct.TOKEN_EXCHANGE,
                AuditActor.of(given),
                "session:" + jti,
                "the client " + client.id() + " acts for the user"));
        return tokens;
    }

    /**
     * A token for one storage or computing element.
     *
     * @param subject the user's stable id within the VO
     * @param scope in words of the WLCG profile
     * @param life shortened to what the installation allows
     */
    @OpenAccess("the calling service has made sure that the user may have it")
    public IssuedToken serviceToken(VoName vo, String subject, String audience, String scope, Duration life) {
        UUID jti = UuidV7.at(clock.instant());
        Instant expires = TokenClaims.expiry(jti, settings().atMostAnAccessToken(life));
        return new IssuedToken(
                jti,
                Jwts.sign(
                        TokenType.SCOPED,
                        TokenClaims.ofService(self(), vo, subject, audience, scope, jti, expires),
                        keys.signing(
                                scope.contains(COMPUTE) ? SigningAlgorithm.RS256 : SigningAlgorithm.ES256, expires)),
                expires);
    }

    /**
     * Lets a user through who is registered and not suspended: whoever wants tokens from elsewhere for somebody asks this first.
     *
     * @throws Forbidden otherwise
     */
    @OpenAccess("tells no more than a refusal")
    public void requireActive(VoName vo, String subject) {
        users.requireActive(vo, subject);
    }

    /**
     * Lets a user through who would get tokens of this scope: asked before a person approves what would be refused afterwards.
     *
     * @throws Forbidden as for {@link #userTokens}
     * @throws org.diracee.framework.suspension.boundary.Suspended if the user is suspended, or the VO
     */
    @OpenAccess("tells no more than a refusal")
    public void requireMay(String subject, Scope scope) {
        users.user(subject, scope);
    }

    /** Whether a service of this name is we ourselves: no token for others may be for it. */
    @OpenAccess("says nothing that is not in every token")
    public boolean isOurselves(String audience) {
        Issuer self = self();
        return Stream.of(self.name(), self.audience(), deployment.publicUrl())
                .map(TokenIssuer::plain)
                .anyMatch(plain(audience)::equals);
    }

    private static String plain(String audience) {
        return audience.strip().toLowerCase(Locale.ROOT).replaceFirst("/+$", "");
    }

    /**
     * The first pair of a session that ends when the certificate does by which the user logged in.
     *
     * @param shown that certificate
     * @throws Forbidden as for {@link #userTokens}
     */
    @OpenAccess(AFTER_LOG_IN)
    public TokenPair certificateTokens(String subject, Scope scope, Instant certificateEnds, Credential shown) {
        Caller.User user = users.user(subject, scope);
        Caller.User showing =
                new Caller.User(user.subject(), user.username(), user.group(), user.vo(), user.properties(), shown);
        suspensions.require(showing);
        Instant now = clock.instant();
        UUID jti = UuidV7.at(now);
        Instant ends = certificateEnds.truncatedTo(ChronoUnit.SECONDS);
        RefreshToken refresh = RefreshToken.ofCertificate(
                jti,
                scope.vo().text(),
                subject,
                scope.text(),
                now,
                SessionLifetimes.least(
                        SessionLifetimes.least(
                                TokenClaims.expiry(jti, settings().refreshTokenLifetime(scope.vo())),
                                TokenClaims.expiry(jti, settings().sessionLifetime(scope.vo()))),
                        ends),
                ends);
        refreshTokens.add(refresh);
        LOG.certificateLogInGranted(
                user.username(), user.vo(), user.group().text(), jti.toString(), shown.kind() + " " + shown.id());
        return audited(
                AuditAct.LOG_IN,
                user,
                pair(userAccess(user, refresh, now), refresh, now),
                shown.kind() + " " + shown.id());
    }

    /**
     * The pair of a user's session at a server of DIRAC 8 or 9, with a refresh token that is not rotated.
     *
     * @param life how long the refresh token is good; at most as long as the VO's sessions may last
     * @throws Forbidden as for {@link #userTokens}
     */
    @OpenAccess("the calling service has authenticated the old server, which answers for the user")
    public TokenPair legacyTokens(String subject, Scope scope, Optional<Duration> life) {
        Caller.User user = users.user(subject, scope);
        Instant now = clock.instant();
        UUID jti = UuidV7.at(now);
        Duration wanted = life.orElseGet(() -> settings().refreshTokenLifetime(scope.vo()));
        RefreshToken refresh = RefreshToken.ofLegacyUser(
                jti,
                scope.vo().text(),
                subject,
                scope.text(),
                now,
                TokenClaims.expiry(jti, settings().atMostASession(wanted)));
        refreshTokens.add(refresh);
        LOG.legacyTokensGranted(user.username(), user.vo(), user.group().text(), jti.toString());
        return audited(AuditAct.LEGACY_EXCHANGE, user, pair(userAccess(user, refresh, now), refresh, now));
    }

    /**
     * A new access token beside the same refresh token; rights are looked up anew.
     *
     * @throws Forbidden if the registry does not allow its scope any more
     */
    @OpenAccess("only for a refresh token that is good and not rotated")
    public TokenPair again(RefreshToken used) {
        Instant now = clock.instant();
        return pair(userAccess(users.registered(used), used, now), used, now);
    }

    /** The first pair of a pilot's session. */
    @OpenAccess(AFTER_LOG_IN)
    public TokenPair pilotTokens(PilotStamp stamp, VoName vo) {
        Instant now = clock.instant();
        UUID jti = UuidV7.at(now);
        RefreshToken refresh = RefreshToken.ofPilot(
                jti,
                vo.text(),
                stamp.text(),
                now,
                TokenClaims.expiry(jti, settings().pilotRefreshTokenLifetime(vo)));
        refreshTokens.add(refresh);
        LOG.pilotLoggedIn(stamp, vo);
        return audited(AuditAct.PILOT_LOG_IN, new Caller.Pilot(stamp, vo), pair(pilotToken(stamp, vo), refresh, now));
    }

    /** An access token for a pilot, known by its stamp. */
    @OpenAccess(AFTER_LOG_IN)
    public IssuedToken pilotToken(PilotStamp stamp, VoName vo) {
        suspensions.require(stamp, vo);
        UUID jti = UuidV7.at(clock.instant());
        Instant expires = TokenClaims.expiry(jti, settings().accessTokenLifetime(vo));
        return new IssuedToken(
                jti,
                Jwts.sign(
                        TokenType.ACCESS,
                        TokenClaims.ofPilot(self(), new Caller.Pilot(stamp, vo), jti, expires),
                        keys.signing(expires)),
                expires);
    }

    /** The id of a token that is made later: what tells of the token can be kept before. */
    @OpenAccess("reveals nothing")
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public UUID newTokenId() {
        return UuidV7.at(clock.instant());
    }

    /**
     * A token for the wrapper of one attempt of a job, acting for its owner.
     *
     * @param id as {@link #newTokenId()} gave it; the token's life begins then
     * @param life shortened to what the installation allows
     */
    @OpenAccess("the calling service has handed the job to the pilot")
    @TransactionAttribute(TransactionAttributeType.SUPPORTS) // keys are noted in transactions of their own
    public IssuedToken jobToken(UUID id, Caller.Job wrapper, Duration life) {
        suspensions.require(wrapper);
        Instant expires = TokenClaims.expiry(id, settings().atMostAnAccessToken(life));
        return new IssuedToken(
                id,
                Jwts.sign(TokenType.ACCESS, TokenClaims.ofJob(self(), wrapper, id, expires), keys.signing(expires)),
                expires);
    }

    /**
     * The pair that follows a refresh token just taken out of use; rights are looked up anew.
     *
     * @throws Forbidden if the registry does not allow its scope any more
     * @throws InvalidToken if the session may not last as long any more
     */
    @OpenAccess("only for a refresh token that was good")
    public TokenPair successor(RefreshToken used) {
        Instant now = clock.instant();
        RefreshToken next = used.successor(
                UuidV7.at(now),
                now,
                lifetimes().successorEnds(used, used.client().flatMap(clients::find), now));
        IssuedToken access =
                switch (used.kind()) {
                    case USER -> userAccess(users.owner(used), next, now);
                    case PILOT -> pilotToken(new PilotStamp(used.subject()), new VoName(used.vo()));
                };
        refreshTokens.add(next);
        return pair(access, next, now);
    }

    private TokenPair audited(AuditAct act, Caller who, TokenPair tokens) {
        return audited(act, who, tokens, "");
    }

    private TokenPair audited(AuditAct act, Caller who, TokenPair tokens, String detail) {
        Credential given =
                Credential.of(CredentialKind.ACCESS_TOKEN, tokens.access().id().toString());
        audit.record(AuditedAct.done(
                act,
                AuditActor.of(who).with(given),
                "session:" + tokens.refresh().id(),
                detail));
        return tokens;
    }

    /** An access token of the session. */
    private IssuedToken userAccess(Caller.User user, RefreshToken session, Instant now) {
        TokenSession of = new TokenSession(session.family(), session.sessionEnds());
        return userAccess(user, session.client(), Optional.of(of), now, Instant.MAX);
    }

    private IssuedToken userAccess(
            Caller.User user, Optional<String> client, Optional<TokenSession> session, Instant now, Instant notAfter) {
        UUID jti = UuidV7.at(now);
        Instant expires =
                SessionLifetimes.least(TokenClaims.expiry(jti, settings().accessTokenLifetime(user.vo())), notAfter);
        return new IssuedToken(
                jti,
                Jwts.sign(
                        TokenType.ACCESS,
                        TokenClaims.ofUser(self(), user, client, session, jti, expires),
                        keys.signing(expires)),
                expires);
    }

    private TokenPair pair(IssuedToken access, RefreshToken refresh, Instant now) {
        return new TokenPair(
                access,
                new IssuedToken(
                        refresh.jti(),
                        Jwts.sign(
                                TokenType.REFRESH,
                                TokenClaims.ofRefresh(refresh.jti(), refresh.expires(), refresh.legacy()),
                                keys.signing(refresh.expires())),
                        refresh.expires()),
                Duration.ofSeconds(
                        Duration.between(now, access.expires()).plusMillis(999).toSeconds()));
    }

    private TokenSettings settings() {
        return new TokenSettings(configuration.current());
    }

    private SessionLifetimes lifetimes() {
        return new SessionLifetimes(settings());
    }

    /** Who we are in our tokens. */
    @OpenAccess("public: stands in every token")
    public String issuer() {
        return self().name();
    }

    private Issuer self() {
        return settings().issuer(deployment.publicUrl());
    }
}
