/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.configuration.boundary.Deployment;
import org.diracee.framework.token.control.Issuer;
import org.diracee.framework.token.control.Jwts;
import org.diracee.framework.token.control.RecentTokens;
import org.diracee.framework.token.control.TokenClaims;
import org.diracee.framework.token.control.TokenSettings;
import org.diracee.framework.token.control.TokenType;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.error.InvalidToken;
import org.jose4j.jwt.JwtClaims;

/**
 * Tells for whom an access token speaks. It asks no database: a token is good until it expires, there is no revocation of
 * access tokens.
 */
@ApplicationScoped
public class TokenVerification {

    private KeyRing keys;
    private ConfigurationService configuration;
    private Deployment deployment;
    private Clock clock;
    private RecentTokens recent;

    protected TokenVerification() {} // for the container's proxy

    @Inject
    public TokenVerification(KeyRing keys, ConfigurationService configuration, Deployment deployment, Clock clock) {
        this.keys = keys;
        this.configuration = configuration;
        this.deployment = deployment;
        this.clock = clock;
        this.recent = new RecentTokens();
    }

    /** @throws InvalidToken unless the text is an access token of ours that has not expired */
    @OpenAccess("this is how a caller becomes known")
    public Caller verify(String jwt) {
        Instant now = clock.instant();
        byte[] fingerprint = RecentTokens.fingerprint(jwt);
        return recent.find(fingerprint, now).orElseGet(() -> {
            JwtClaims claims = Jwts.verified(TokenType.ACCESS, jwt, keys::verifying, now);
            Issuer issuer = new TokenSettings(configuration.current()).issuer(deployment.publicUrl());
            Caller caller = TokenClaims.caller(claims, issuer);
            recent.add(fingerprint, caller, TokenClaims.expiry(claims));
            return caller;
        });
    }
}
