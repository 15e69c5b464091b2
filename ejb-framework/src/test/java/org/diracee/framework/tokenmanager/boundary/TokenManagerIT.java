/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.tokenmanager.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.diracee.framework.exchange.boundary.ServiceToken;
import org.diracee.framework.fixture.FakeProvider;
import org.diracee.framework.fixture.Installation;
import org.diracee.framework.fixture.Together;
import org.diracee.framework.login.boundary.AuthorizationRequest;
import org.diracee.framework.login.boundary.NextStep;
import org.diracee.framework.provider.boundary.IdentityProvider;
import org.diracee.framework.provider.boundary.ProviderFailed;
import org.diracee.framework.provider.boundary.ProviderGrant;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenManagerIT {

    private static final VoName DEMO = new VoName("demo");
    private static final String BROWSER = "browser-1";
    private static final String SE = "https://se.test";
    private static final Caller AGENT = new Caller.System("test");
    private static final Caller.User ALICE = user("a-1", "alice");
    private static final Caller.User BOB = user("b-2", "bob", Property.PROXY_MANAGEMENT);

    private final Installation installation = Installation.configured();
    private final FakeProvider provider = new FakeProvider(installation.clock);
    private final TokenManager manager = installation.tokenManager;
    private long revision = 1;

    private static Caller.User user(String subject, String name, Property... properties) {
        return new Caller.User(subject, new UserName(name), new GroupName("demo_user"), DEMO, Set.of(properties));
    }

    @BeforeEach
    void askForOfflineAccess() {
        provider.isGenerous = true;
        scope("openid profile offline_access");
    }

    @AfterEach
    void close() {
        provider.close();
    }

    private void scope(String scope) {
        installation.configure(++revision, Installation.with("""
                Registry
                {
                  demo
                  {
                    IdP
                    {
                      URL = %s
                      ClientID = dirac
                      AllowLoopbackHTTP = yes
                      TokenExchange = yes
                      Scope = %s
                    }
                    ScopedTokens
                    {
                      demo_user
                      {
                        Scopes = storage.read:/demo
                        Audiences = https://se.test
                      }
                    }
                  }
                }
                """.formatted(provider.issuer(), scope)));
        installation.configuration.refresh();
    }

    private void logIn() {
        NextStep step = installation.providerLogin.forProgram(
                new AuthorizationRequest(
                        "myDIRACClientID", "https://portal.test/back", "vo:demo", "c".repeat(43), "state"),
                BROWSER);
        installation.providerLogin.backToProgram(provider.logIn(((NextStep.AtProvider) step).address()), BROWSER);
    }

    private ProviderGrant accessToken() {
        return manager.accessToken(AGENT, DEMO, "a-1");
    }

    private String column(String name) {
        return installation.database.value("select " + name + " from framework.provider_token");
    }

    @Test
    void keepsWhatTheProviderGaveAtLogInSealed() {
        logIn();

        assertThat(column("refresh_token")).startsWith("sealed:").doesNotContain("refresh-");
        assertThat(manager.list(ALICE)).singleElement().satisfies(kept -> {
            assertThat(kept.issuer()).isEqualTo(provider.issuer());
            assertThat(kept.obtained()).isEqualTo(installation.clock.instant());
        });
        assertThat(manager.list(user("c-3", "carol"))).isEmpty();
        assertThat(manager.list(BOB)).hasSize(1);
    }

    @Test
    void keepsNothingUnlessTheVoAsksForOfflineAccess() {
        scope("openid profile");

        logIn();

        assertThat(manager.list(ALICE)).isEmpty();
        assertThatThrownBy(this::accessToken)
                .isInstanceOf(NoProviderToken.class)
                .hasMessageContaining("Please log in anew");
    }

    @Test
    void asksTheProviderAgainOnlyWhenTheAccessTokenIsNearItsEnd() {
        logIn();
        int before = provider.calls("/token");

        ProviderGrant first = accessToken();
        ProviderGrant second = accessToken();

        assertThat(second.accessToken()).isEqualTo(first.accessToken());
        assertThat(column("access_token")).startsWith("sealed:").doesNotContain("access-");
        installation.clock.advance(Duration.ofMinutes(4));
        assertThat(accessToken().accessToken()).isNotEqualTo(first.accessToken());
        assertThat(provider.calls("/token")).isEqualTo(before + 2);
    }

    @Test
    void usesEachRefreshTokenOnceHoweverManyNodesAskAtATime() throws InterruptedException {
        logIn();
        int before = provider.calls("/token");

        List<Object> tokens =
                Together.run(Collections.nCopies(8, () -> accessToken().accessToken()));

        assertThat(Set.copyOf(tokens)).hasSize(1);
        assertThat(provider.calls("/token")).isEqualTo(before + 1);
        installation.clock.advance(Duration.ofMinutes(5));
        assertThat(accessToken()).isNotNull();
    }

    @Test
    void forgetsWhatTheProviderDoesNotTakeAnyMore() {
        logIn();
        provider.forgetRefreshTokens();

        assertThatThrownBy(this::accessToken)
                .isInstanceOf(NoProviderToken.class)
                .hasMessageContaining("does not take it any more");
        assertThat(manager.list(ALICE)).isEmpty();
    }

    @Test
    void keepsItWhileTheProviderIsDown() {
        logIn();
        provider.isBroken = true;

        assertThatThrownBy(this::accessToken).isInstanceOf(ProviderFailed.class);

        provider.isBroken = false;
        installation.clock.advance(Duration.ofSeconds(10));
        assertThat(accessToken()).isNotNull();
    }

    @Test
    void goesOnAfterANodeThatDiedWhileItAsked() {
        logIn();
        installation.database.sql("update framework.provider_token set claim = gen_random_uuid(), claimed_until = '"
                + installation.clock.instant().minusSeconds(1) + "'");

        assertThat(accessToken()).isNotNull();
    }

    @Test
    void doesNotAskAnotherProviderThanTheOneThatGaveIt() {
        logIn();
        try (FakeProvider another = new FakeProvider(installation.clock)) {
            installation.configure(++revision, Installation.with("""
                    Registry
                    {
                      demo
                      {
                        IdP
                        {
                          URL = %s
                          ClientID = dirac
                          AllowLoopbackHTTP = yes
                        }
                      }
                    }
                    """.formatted(another.issuer())));
            installation.configuration.refresh();

            assertThatThrownBy(this::accessToken).isInstanceOf(NoProviderToken.class);
            assertThat(another.calls("/token")).isZero();
        }
    }

    @Test
    void isForgottenWhenTheUserWantsAndTheProviderIsTold() {
        logIn();

        assertThatThrownBy(() -> manager.forget(user("c-3", "carol"), Optional.of("a-1")))
                .isInstanceOf(Forbidden.class);
        assertThat(manager.forget(ALICE, Optional.empty())).isTrue();

        assertThat(manager.forget(ALICE, Optional.empty())).isFalse();
        assertThat(provider.calls("/revoke")).isEqualTo(1);
        assertThatThrownBy(this::accessToken).isInstanceOf(NoProviderToken.class);
    }

    @Test
    void isForgottenByAManagerOfTheVoAndWhenNobodyUsesIt() {
        logIn();
        assertThat(manager.forget(BOB, Optional.of("a-1"))).isTrue();
        logIn();
        installation.clock.advance(Duration.ofDays(31));

        assertThat(manager.forgetOld(10)).isEqualTo(1);
        assertThat(manager.list(ALICE)).isEmpty();
    }

    @Test
    void isOpenedInItsPlaceAlone() {
        logIn();
        installation.database.sql("update framework.provider_token set subject = 'b-2'");

        assertThatThrownBy(() -> manager.accessToken(AGENT, DEMO, "b-2"))
                .hasMessageContaining("provider_token/demo/b-2");
    }

    @Test
    void getsTokensForStorageElementsFromTheProviderThatExchanges() throws Exception {
        logIn();

        ServiceToken token = installation.scopedTokens.forUser(ALICE, Optional.empty(), SE, "storage.read:/demo/x");

        assertThat(new JwtConsumerBuilder()
                        .setSkipAllValidators()
                        .setSkipSignatureVerification()
                        .build()
                        .processToClaims(token.text())
                        .getIssuer())
                .isEqualTo(provider.issuer());
    }

    @Test
    void handsOnNoTokenOfTheProviderForMoreThanWasAsked() {
        logIn();
        provider.exchangedAudience = Optional.of("https://dirac.test");

        assertThatThrownBy(() -> installation.scopedTokens.forUser(ALICE, Optional.empty(), SE, "storage.read:/demo/x"))
                .isInstanceOf(ProviderFailed.class)
                .hasMessageContaining("more than the one audience");
    }

    @Test
    void mintsThemOfOurOwnIfTheProviderDoesNotExchange() throws Exception {
        provider.isGenerous = false;
        IdentityProvider described = installation.identityProviders.of(DEMO).orElseThrow();
        assertThat(installation.identityProviders.exchangesTokens(described)).isFalse();

        ServiceToken token = installation.scopedTokens.forUser(ALICE, Optional.empty(), SE, "storage.read:/demo/x");

        assertThat(new JwtConsumerBuilder()
                        .setSkipAllValidators()
                        .setSkipSignatureVerification()
                        .build()
                        .processToClaims(token.text())
                        .getIssuer())
                .isEqualTo("https://dirac.test");
    }
}
