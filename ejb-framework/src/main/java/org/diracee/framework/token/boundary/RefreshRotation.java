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
import java.util.Optional;
import java.util.UUID;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.AuditedAct;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.framework.limit.boundary.RateLimits;
import org.diracee.framework.token.control.SessionHolder;
import org.diracee.framework.token.entity.RefreshToken;
import org.diracee.framework.token.entity.RefreshTokenRepository;
import org.diracee.framework.token.entity.RefreshTokenStatus;
import org.diracee.framework.token.entity.SessionKind;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidToken;
import org.diracee.kernel.value.VoName;

/**
 * Exchanges a refresh token for its successor, in one transaction; a token that was used before gives nothing and takes
 * all of its subject with it, which must be committed although the request fails: hence an answer, not an exception.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class RefreshRotation {

    private RefreshTokenRepository refreshTokens;
    private TokenIssuer issuer;
    private RateLimits limits;
    private SecurityAudit audit;

    protected RefreshRotation() {} // for the container's proxy

    @Inject
    public RefreshRotation(
            RefreshTokenRepository refreshTokens, TokenIssuer issuer, RateLimits limits, SecurityAudit audit) {
        this.refreshTokens = refreshTokens;
        this.issuer = issuer;
        this.limits = limits;
        this.audit = audit;
    }

    /**
     * The successor's pair; empty if the token had been used before.
     *
     * @param subject whose token it must be, if that is known
     * @param client the registered client that uses it; empty for the public one
     * @throws InvalidToken if the token is not known (any more) or another's, or another client's
     * @throws org.diracee.framework.limit.boundary.TooManyRequests if the user has had too many; the token stays good
     * @throws Forbidden if the registry does not allow its scope any more
     */
    @OpenAccess("whoever holds a refresh token may use it")
    public Optional<TokenPair> rotate(UUID jti, SessionKind kind, Optional<String> subject, Optional<String> client) {
        RefreshToken token = refreshTokens
                .find(jti)
                .filter(found -> found.kind() == kind)
                .filter(found -> subject.isEmpty() || subject.get().equals(found.subject()))
                .orElseThrow(() -> new InvalidToken("unknown refresh token"));
        if (!token.client().equals(client)) {
            // taken from another client or not, it tells nothing about the session: that goes on
            throw new InvalidToken("another client's");
        }
        if (token.legacy()) {
            if (token.status() == RefreshTokenStatus.REVOKED) {
                // copies of it are in many hands: that one is used after its end tells nothing
                throw new InvalidToken("the session was ended");
            }
            count(token);
            return Optional.of(issuer.again(token));
        }
        if (refreshTokens.revoke(jti)) {
            count(token);
            return Optional.of(issuer.successor(token));
        }
        // a client that acts for many must not end what they do without it
        int revoked = token.client().isPresent()
                ? refreshTokens.revokeFamily(token.family())
                : refreshTokens.revokeAll(kind, token.vo(), token.subject());
        VoName vo = new VoName(token.vo());
        LOG.refreshTokenReused(token.subject(), vo, revoked);
        audit.record(AuditedAct.refused(
                AuditAct.TOKEN_REFRESH,
                SessionHolder.of(token),
                "session:" + jti,
                "used a second time; " + revoked + " sessions ended"));
        return Optional.empty();
    }

    /** Only what is good: whoever has an old token must not use the user's budget up. */
    private void count(RefreshToken good) {
        if (good.kind() == SessionKind.USER) {
            limits.countTokens(new VoName(good.vo()), good.subject());
        }
    }
}
