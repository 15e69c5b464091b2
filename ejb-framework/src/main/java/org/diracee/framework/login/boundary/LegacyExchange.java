/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.login.boundary;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.AuditActor;
import org.diracee.framework.audit.boundary.AuditedAct;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.login.control.LegacyExchangeSettings;
import org.diracee.framework.registry.boundary.RegisteredUser;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.framework.token.boundary.Scope;
import org.diracee.framework.token.boundary.TokenIssuer;
import org.diracee.framework.token.boundary.TokenPair;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.error.Unavailable;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.kernel.value.Sha256;
import org.diracee.kernel.value.UserName;

/**
 * Gives servers of DIRAC 8 and 9 tokens for users whom they have authenticated themselves, by a proxy for instance.
 *
 * @see "DiracX REST reference 4"
 */
@Stateless
public class LegacyExchange {

    private Registry registry;
    private TokenIssuer issuer;
    private ConfigurationService configuration;
    private SecurityAudit audit;

    protected LegacyExchange() {} // for the container's proxy

    @Inject
    public LegacyExchange(
            Registry registry, TokenIssuer issuer, ConfigurationService configuration, SecurityAudit audit) {
        this.registry = registry;
        this.issuer = issuer;
        this.configuration = configuration;
        this.audit = audit;
    }

    /**
     * The user's tokens.
     *
     * @param key the old server's secret
     * @param life how long the refresh token is to be good
     * @throws Unavailable if the installation gives no tokens to old servers
     * @throws WrongLegacyKey if it is another key
     * @throws InvalidRequest if the scope is invalid or the user is not known in its VO
     * @throws Forbidden if the user may not act in this scope
     */
    @OpenAccess("the key authenticates the old server")
    public TokenPair exchange(byte[] key, String username, String scope, Optional<Duration> life) {
        String expected = new LegacyExchangeSettings(configuration.current())
                .keyHash()
                .orElseThrow(() -> new Unavailable("Legacy exchange is not enabled"));
        if (!MessageDigest.isEqual(bytes(Sha256.hex(key)), bytes(expected))) {
            LOG.legacyKeyWrong();
            audit.refused(
                    AuditedAct.refused(AuditAct.LEGACY_EXCHANGE, AuditActor.UNKNOWN, "legacy server", "wrong key"));
            throw new WrongLegacyKey();
        }
        Scope asked = Scope.parse(scope, registry);
        RegisteredUser user = named(username)
                .flatMap(name -> registry.user(asked.vo(), name))
                .orElseThrow(() ->
                        new InvalidRequest("There is no user of this preferred_username in the VO " + asked.vo()));
        return issuer.legacyTokens(user.subject(), asked, life);
    }

    private static Optional<UserName> named(String username) {
        try {
            return Optional.of(new UserName(username));
        } catch (InvalidValue noName) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
