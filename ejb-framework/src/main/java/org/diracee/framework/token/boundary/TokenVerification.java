/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.diracee.framework.client.boundary.RegisteredClients;
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
 * Tells for whom an access token speaks. It asks no database: a token is good until it expires. The only access tokens that can
 * be revoked are those of registered clients, whose approval, and since when it holds, stands in the configuration.
 */
@ApplicationScoped
public class TokenVerification {

    private KeyRing keys;
    private ConfigurationService configuration;
    private Deployment deployment;
    private RegisteredClients clients;
    private Clock clock;
    private RecentTokens recent;

    protected TokenVerification() {} // for the container's proxy

    @Inject
    public TokenVerification(
            KeyRing keys,
            ConfigurationService configuration,
            Deployment deployment,
            RegisteredClients clients,
            Clock clock) {
        this.keys = keys;
        this.clients = clients;
        this.configuration = configuration;
        this.deployment = deployment;
        this.clock = clock;
        this.recent = new RecentTokens();
    }

    /** @throws InvalidToken unless the text is an access token of ours that has not expired */
    @OpenAccess("this is how a caller becomes known")
    public Caller verify(String jwt) {
        return inspect(jwt).caller();
    }

    /**
     * The same with what else the token says. What a registered client was given counts as long as the client is approved.
     *
     * @throws InvalidToken unless the text is an access token of ours that has not expired
     */
    @OpenAccess("this is how a caller becomes known")
    public VerifiedToken inspect(String jwt) {
        Instant now = clock.instant();
        byte[] fingerprint = RecentTokens.fingerprint(jwt);
        Issuer issuer = new TokenSettings(configuration.current()).issuer(deployment.publicUrl());
        Optional<RecentTokens.Checked> known = recent.find(fingerprint, now)
                .filter(found -> found.issuer().equals(issuer)
                        && keys.verifying(TokenType.ACCESS, found.kid()).isPresent());
        RecentTokens.Checked checked = known.orElseGet(() -> {
            JwtClaims claims = Jwts.verified(TokenType.ACCESS, jwt, kid -> keys.verifying(TokenType.ACCESS, kid), now);
            RecentTokens.Checked fresh = new RecentTokens.Checked(
                    TokenClaims.caller(claims, issuer),
                    TokenClaims.client(claims),
                    TokenClaims.session(claims),
                    TokenClaims.issued(claims),
                    TokenClaims.expiry(claims),
                    Jwts.kid(jwt),
                    issuer);
            recent.add(fingerprint, fresh);
            return fresh;
        });
        if (checked.client()
                .filter(id -> !clients.stillCounts(id, checked.issued()))
                .isPresent()) {
            throw new InvalidToken("of a client that is not approved any more, or was kept out since");
        }
        return new VerifiedToken(checked.caller(), checked.client(), checked.session(), checked.expires());
    }

    /**
     * What a token of ours for storage allows at the one storage element that it is for.
     *
     * @throws InvalidToken unless the text is such a token for this audience that has not expired
     */
    @OpenAccess("this is how the holder of such a token becomes known")
    public StorageGrant storage(String jwt, String audience) {
        Issuer issuer = new TokenSettings(configuration.current()).issuer(deployment.publicUrl());
        return TokenClaims.storage(
                Jwts.verified(TokenType.SCOPED, jwt, kid -> keys.verifying(TokenType.SCOPED, kid), clock.instant()),
                new Issuer(issuer.name(), audience));
    }
}
