/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.boundary;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.AuditedAct;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.framework.token.control.Jwts;
import org.diracee.framework.token.control.SessionHolder;
import org.diracee.framework.token.control.TokenClaims;
import org.diracee.framework.token.control.TokenType;
import org.diracee.framework.token.entity.RefreshToken;
import org.diracee.framework.token.entity.RefreshTokenRepository;
import org.diracee.framework.token.entity.SessionKind;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidToken;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.VoName;

/** Shows sessions and ends them. */
@Stateless
public class Sessions {

    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);

    private KeyRing keys;
    private RefreshTokenRepository refreshTokens;
    private SecurityAudit audit;
    private Clock clock;

    protected Sessions() {} // for the container's proxy

    @Inject
    public Sessions(KeyRing keys, RefreshTokenRepository refreshTokens, SecurityAudit audit, Clock clock) {
        this.keys = keys;
        this.refreshTokens = refreshTokens;
        this.audit = audit;
        this.clock = clock;
    }

    /** The caller's own sessions; with ProxyManagement those of all users of the caller's VO. At most 10 000. */
    @Requires
    public List<Session> list(Caller caller) {
        Caller.User user = user(caller);
        List<RefreshToken> found = user.has(Property.PROXY_MANAGEMENT)
                ? refreshTokens.usable(user.vo().text(), clock.instant())
                : refreshTokens.usable(user.vo().text(), user.subject(), clock.instant());
        return found.stream()
                .map(token -> new Session(
                        token.jti(), token.status().name(), token.scope(), new VoName(token.vo()), token.subject()))
                .toList();
    }

    /**
     * Ends a session of the caller; with ProxyManagement that of any user of the caller's VO.
     *
     * @throws SessionNotFound if there is none with this id in the caller's VO
     * @throws Forbidden if it is another user's and the caller lacks ProxyManagement
     */
    @Requires(unlimited = true)
    public void revoke(Caller caller, UUID jti) {
        Caller.User user = user(caller);
        RefreshToken token = refreshTokens
                .find(jti)
                .filter(found -> found.kind() == SessionKind.USER
                        && found.vo().equals(user.vo().text()))
                .orElseThrow(() -> new SessionNotFound(jti));
        if (!token.subject().equals(user.subject()) && !user.has(Property.PROXY_MANAGEMENT)) {
            throw new Forbidden("Only its owner or a ProxyManagement of the VO may end this session");
        }
        refreshTokens.revokeFamily(token.family());
        LOG.refreshTokenRevoked(jti.toString(), caller.identity());
        audit.record(caller, AuditAct.SESSION_END, "session:" + jti, "of " + token.subject());
    }

    /**
     * Ends the session that this refresh token continues; a token that is not ours changes nothing.
     *
     * @param client the registered client that asks and has proved who it is; empty for the public one
     * @throws InvalidRefreshToken if the session is another client's
     * @see "RFC 7009 2.1"
     */
    @OpenAccess("whoever holds a refresh token may give it up")
    public void revoke(String refreshToken, Optional<String> client) {
        Optional<UUID> jti;
        try {
            jti = Optional.of(TokenClaims.refreshId(Jwts.verified(
                    TokenType.REFRESH, refreshToken, kid -> keys.verifying(TokenType.REFRESH, kid), clock.instant())));
        } catch (InvalidToken useless) {
            jti = Optional.empty();
        }
        Optional<RefreshToken> known = jti.flatMap(refreshTokens::find);
        if (known.filter(token -> !token.client().equals(client)).isPresent()) {
            throw new InvalidRefreshToken(new InvalidToken("another client's"));
        }
        known.filter(token -> refreshTokens.revokeFamily(token.family()) > 0).ifPresent(token -> {
            LOG.refreshTokenRevoked(token.jti().toString(), "its holder");
            givenUp(token);
        });
    }

    /** Ends the pilot's sessions, because it has ended. */
    @OpenAccess("the calling service knows that the pilot has ended")
    public void revoke(PilotStamp stamp, VoName vo) {
        int revoked = refreshTokens.revokeAll(SessionKind.PILOT, vo.text(), stamp.text());
        LOG.debugf("pilot %s: %d sessions ended", stamp, revoked);
    }

    /** Whether the user's session goes on: nobody has ended it. */
    @OpenAccess("tells the holder of an access token nothing that a refresh would not")
    public boolean goesOn(VoName vo, String subject, UUID session) {
        return refreshTokens.isUsable(vo.text(), subject, session);
    }

    /** How many sessions that the registered client began are open. */
    @OpenAccess("the calling service has checked who asks")
    public long countOf(String client) {
        return refreshTokens.countOfClient(client, clock.instant());
    }

    /** Ends all sessions that the registered client began; tells how many. */
    @OpenAccess("the calling service has checked who takes the approval back")
    public int revokeAllOf(String client) {
        return refreshTokens.revokeAllOfClient(client);
    }

    /** Forgets at most this many refresh tokens that are long expired; tells how many. */
    @OpenAccess("called by the cleaning agent")
    public int forgetOld(int limit) {
        return refreshTokens.deleteExpiredBefore(clock.instant().minus(FORGOTTEN_AFTER), limit);
    }

    private void givenUp(RefreshToken token) {
        audit.record(
                AuditedAct.done(AuditAct.SESSION_END, SessionHolder.of(token), "session:" + token.jti(), "given up"));
    }

    private static Caller.User user(Caller caller) {
        if (caller instanceof Caller.User user) {
            return user;
        }
        throw new Forbidden();
    }
}
