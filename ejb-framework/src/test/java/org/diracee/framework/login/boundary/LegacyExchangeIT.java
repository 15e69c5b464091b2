/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.login.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.diracee.framework.fixture.Installation;
import org.diracee.framework.token.boundary.InvalidRefreshToken;
import org.diracee.framework.token.boundary.TokenPair;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.error.Unavailable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LegacyExchangeIT {

    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final Installation installation = Installation.configured();
    private final LegacyExchange exchange = installation.database.service(
            LegacyExchange.class,
            installation.registry,
            installation.issuer,
            installation.configuration,
            installation.audit);

    @BeforeEach
    void enable() throws NoSuchAlgorithmException {
        installation.configure(2, Installation.with("""
                Systems
                {
                  Framework
                  {
                    Services
                    {
                      Token
                      {
                        LegacyExchangeApiKeyHash = %s
                        SessionLimit = 100000
                      }
                    }
                  }
                }
                """.formatted(HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(KEY)))));
        installation.configuration.refresh();
    }

    private TokenPair tokens(String scope, Duration life) {
        return exchange.exchange(KEY, "alice", scope, Optional.of(life));
    }

    private static String text(TokenPair tokens) {
        return tokens.refresh().text();
    }

    @Test
    void givesTheUsersTokens() {
        TokenPair tokens = tokens("vo:demo", Duration.ofMinutes(90));

        assertThat(installation.verification.verify(tokens.access().text()))
                .isInstanceOfSatisfying(Caller.User.class, user -> {
                    assertThat(user.subject()).isEqualTo("a-1");
                    assertThat(user.group().text()).isEqualTo("demo_user");
                });
        assertThat(tokens.refresh().expires())
                .isBetween(
                        installation.clock.instant().plusSeconds(90 * 60 - 1),
                        installation.clock.instant().plusSeconds(90 * 60));
        assertThat(tokens("vo:demo", Duration.ofDays(999)).refresh().expires())
                .isBefore(installation.clock.instant().plusSeconds(100_001));
    }

    @Test
    void theRefreshTokenIsUsedAgainAndAgain() {
        TokenPair tokens = tokens("vo:demo", Duration.ofHours(2));
        installation.clock.advance(Duration.ofHours(1));

        TokenPair first = installation.refresh.user(text(tokens));
        TokenPair second = installation.refresh.user(text(tokens));

        assertThat(text(first)).isEqualTo(text(tokens));
        assertThat(text(second)).isEqualTo(text(tokens));
        assertThat(installation.verification.verify(second.access().text())).isNotNull();
        installation.clock.advance(Duration.ofHours(1));
        assertThatThrownBy(() -> installation.refresh.user(text(tokens))).isInstanceOf(InvalidRefreshToken.class);
    }

    @Test
    void anEndedSessionIsRefusedAndLeavesTheOthersAlone() {
        TokenPair ended = tokens("vo:demo", Duration.ofHours(2));
        TokenPair other = tokens("vo:demo", Duration.ofHours(2));
        installation.sessions.revoke(text(ended), Optional.empty());

        assertThatThrownBy(() -> installation.refresh.user(text(ended)))
                .isInstanceOf(InvalidRefreshToken.class)
                .hasMessage("Invalid JWT: the session was ended");
        assertThat(installation.refresh.user(text(other))).isNotNull();
    }

    @Test
    void refusesAnotherKeyAndWhatTheUserMayNotHave() {
        assertThatThrownBy(() -> exchange.exchange(new byte[32], "alice", "vo:demo", Optional.empty()))
                .isInstanceOf(WrongLegacyKey.class);
        assertThatThrownBy(() -> exchange.exchange(KEY, "nobody", "vo:demo", Optional.empty()))
                .isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> exchange.exchange(KEY, "§", "vo:demo", Optional.empty()))
                .isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> exchange.exchange(KEY, "alice", "vo:nowhere", Optional.empty()))
                .isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> tokens("vo:demo group:demo_admin", Duration.ofMinutes(1)))
                .isInstanceOf(Forbidden.class);
        assertThatThrownBy(() -> exchange.exchange(KEY, "sam", "vo:demo", Optional.empty()))
                .isInstanceOf(Forbidden.class);
    }

    @Test
    void givesNothingUnlessTheInstallationSaysSo() {
        installation.configure(3, Installation.CONFIGURATION);
        installation.configuration.refresh();

        assertThatThrownBy(() -> tokens("vo:demo", Duration.ofMinutes(1)))
                .isInstanceOf(Unavailable.class)
                .hasMessage("Legacy exchange is not enabled");
    }
}
