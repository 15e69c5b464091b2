/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.diracee.framework.fixture.Installation;
import org.diracee.framework.fixture.Together;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidToken;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.Test;

class TokenRefreshIT {

    private static final VoName DEMO = new VoName("demo");
    private static final PilotStamp STAMP = new PilotStamp("0123456789abcdef");

    private final Installation installation = Installation.configured();
    private final TokenRefresh refresh = installation.refresh;

    private TokenPair logIn(String subject, String scope) {
        return installation.issuer.userTokens(subject, Scope.parse(scope, installation.registry));
    }

    private TokenPair logIn() {
        return logIn("a-1", "vo:demo");
    }

    @Test
    void givesTheUserATokenWithTheRightsOfTheGroup() {
        TokenPair tokens = logIn();

        assertThat(tokens.expiresIn()).isEqualTo(Duration.ofMinutes(20));
        assertThat(installation.verification.verify(tokens.access().text()))
                .usingRecursiveComparison()
                .ignoringFields("credential")
                .isEqualTo(new Caller.User(
                        "a-1", new UserName("alice"), new GroupName("demo_user"), DEMO, Set.of(Property.NORMAL_USER)));
    }

    @Test
    void aRefreshTokenIsNoAccessToken() {
        TokenPair tokens = logIn();

        assertThatThrownBy(
                        () -> installation.verification.verify(tokens.refresh().text()))
                .hasMessage("Invalid JWT: no access token");
        assertThatThrownBy(() -> refresh.user(tokens.access().text()))
                .isInstanceOf(InvalidRefreshToken.class)
                .hasMessage("Invalid JWT: no refresh token");
    }

    @Test
    void aSessionEndsWhenItWouldHaveEndedWithoutRefreshes() {
        TokenPair first = logIn();
        installation.clock.advance(Duration.ofMinutes(40));

        TokenPair second = refresh.user(first.refresh().text());

        assertThat(second.refresh().expires()).isEqualTo(first.refresh().expires());
        installation.clock.advance(Duration.ofMinutes(20));
        assertThatThrownBy(() -> refresh.user(second.refresh().text()))
                .isInstanceOf(InvalidRefreshToken.class)
                .hasMessageStartingWith("Invalid JWT: expired at ");
    }

    private void lifetimes(long revision, String installations, String vos) {
        installation.configure(revision, Installation.with("""
                Systems
                {
                  Framework
                  {
                    Services
                    {
                      Token
                      {
                        %s
                      }
                    }
                  }
                }
                Operations
                {
                  demo
                  {
                    Services
                    {
                      Token
                      {
                        %s
                      }
                    }
                  }
                }
                """.formatted(installations, vos)));
        installation.configuration.refresh();
    }

    private Duration until(IssuedToken token) {
        return Duration.between(installation.clock.instant(), token.expires())
                .plusMillis(999)
                .truncatedTo(ChronoUnit.SECONDS);
    }

    @Test
    void aVoDecidesHowLongItsTokensLiveWithinTheInstallationsLimits() {
        lifetimes(
                2,
                "AccessTokenLifetime = 600\n AccessTokenLimit = 900\n PilotRefreshTokenLifetime = 7000",
                "AccessTokenLifetime = 800\n RefreshTokenLifetime = 5000\n PilotRefreshTokenLifetime = 6000");
        assertThat(until(logIn().access())).isEqualTo(Duration.ofSeconds(800));
        assertThat(until(logIn().refresh())).isEqualTo(Duration.ofSeconds(5000));
        assertThat(until(logIn("a-1", "vo:other").access())).isEqualTo(Duration.ofSeconds(600));
        assertThat(until(installation.issuer.pilotTokens(STAMP, DEMO).refresh()))
                .isEqualTo(Duration.ofSeconds(6000));

        lifetimes(
                3,
                "AccessTokenLimit = 900\n SessionLimit = 4000",
                "AccessTokenLifetime = 99999\n SessionLifetime = 99999");
        assertThat(until(logIn().access())).isEqualTo(Duration.ofSeconds(900));
        assertThat(until(logIn().refresh())).isEqualTo(Duration.ofSeconds(3600));
        assertThat(until(installation.issuer.pilotTokens(STAMP, DEMO).refresh()))
                .isEqualTo(Duration.ofSeconds(4000));
    }

    @Test
    void noAccessTokenOfOursLivesLongerThanTheInstallationAllows() {
        lifetimes(2, "AccessTokenLimit = 900", "");
        Duration longer = Duration.ofDays(30);

        assertThat(until(installation.issuer.jobToken(
                        installation.issuer.newTokenId(),
                        new Caller.Job(new JobId(1), 1, STAMP, new UserName("alice"), new GroupName("demo_user"), DEMO),
                        longer)))
                .isEqualTo(Duration.ofSeconds(900));
        assertThat(until(installation.issuer.serviceToken(DEMO, "a-1", "https://se.test", "storage.read:/", longer)))
                .isEqualTo(Duration.ofSeconds(900));
        assertThat(until(installation.issuer.pilotToken(STAMP, DEMO))).isEqualTo(Duration.ofSeconds(900));
    }

    @Test
    void refreshingProlongsASessionUpToItsAbsoluteEnd() {
        lifetimes(2, "", "RefreshTokenLifetime = 3600\n SessionLifetime = 9000");
        TokenPair tokens = logIn();
        assertThat(until(tokens.refresh())).isEqualTo(Duration.ofSeconds(3600));

        installation.clock.advance(Duration.ofSeconds(3000));
        tokens = refresh.user(tokens.refresh().text());
        assertThat(until(tokens.refresh())).isEqualTo(Duration.ofSeconds(3600));
        installation.clock.advance(Duration.ofSeconds(3000));
        tokens = refresh.user(tokens.refresh().text());
        assertThat(until(tokens.refresh())).isEqualTo(Duration.ofSeconds(3000));

        lifetimes(3, "", "RefreshTokenLifetime = 3600\n SessionLifetime = 5000");
        TokenPair last = tokens;
        assertThatThrownBy(() -> refresh.user(last.refresh().text()))
                .isInstanceOf(InvalidRefreshToken.class)
                .hasMessage("Invalid JWT: the session has ended");
    }

    @Test
    void aSecondUseEndsAllSessionsOfTheUserAndNobodyElses() {
        TokenPair stolen = logIn();
        TokenPair elsewhere = logIn();
        TokenPair bob = logIn("b-2", "vo:demo");
        TokenPair sameSubjectInAnotherVo = logIn("a-1", "vo:other");
        TokenPair next = refresh.user(stolen.refresh().text());

        assertThatThrownBy(() -> refresh.user(stolen.refresh().text())).isInstanceOf(RefreshTokenReused.class);

        for (TokenPair ended : List.of(next, elsewhere)) {
            assertThatThrownBy(() -> refresh.user(ended.refresh().text())).isInstanceOf(RefreshTokenReused.class);
        }
        assertThat(refresh.user(bob.refresh().text())).isNotNull();
        assertThat(refresh.user(sameSubjectInAnotherVo.refresh().text())).isNotNull();
    }

    @Test
    void ofParallelUsesOneSucceedsAndTheOthersEndTheSession() throws InterruptedException {
        TokenPair tokens = logIn();
        Callable<TokenPair> use = () -> refresh.user(tokens.refresh().text());

        List<Object> outcomes = Together.run(Collections.nCopies(6, use));

        assertThat(outcomes).filteredOn(TokenPair.class::isInstance).hasSize(1);
        assertThat(outcomes).filteredOn(RefreshTokenReused.class::isInstance).hasSize(5);
        assertThat(installation.database.value("select count(*) from framework.refresh_token where status = 'CREATED'"))
                .isEqualTo("0");
    }

    @Test
    void aRefusedScopeLeavesTheTokenGood() {
        TokenPair tokens = logIn("b-2", "vo:demo group:demo_admin");
        installation.configure(2, Installation.CONFIGURATION.replace("Users = b-2", "Users ="));
        installation.configuration.refresh();

        assertThatThrownBy(() -> refresh.user(tokens.refresh().text()))
                .isInstanceOf(Forbidden.class)
                .hasMessage("You are not a member of the group demo_admin of the VO demo");

        installation.configure(3, Installation.CONFIGURATION);
        installation.configuration.refresh();
        assertThat(refresh.user(tokens.refresh().text())).isNotNull();
    }

    @Test
    void refusesThoseWhoMayNotHaveWhatTheyAskFor() {
        assertThatThrownBy(() -> logIn("a-1", "vo:demo group:demo_admin"))
                .hasMessage("You are not a member of the group demo_admin of the VO demo");
        assertThatThrownBy(() -> logIn("a-1", "vo:demo property:JobAdministrator"))
                .hasMessage("None of your groups in the VO demo gives the property JobAdministrator");
        assertThatThrownBy(() -> logIn("s-9", "vo:demo")).isInstanceOf(Forbidden.class);
        assertThatThrownBy(() -> logIn("nobody", "vo:demo")).isInstanceOf(Forbidden.class);
    }

    @Test
    void aPropertyOfAnotherOfTheUsersGroupsCanBeAdded() {
        TokenPair tokens = logIn("b-2", "vo:demo property:JobAdministrator");

        assertThat(((Caller.User)
                                installation.verification.verify(tokens.access().text()))
                        .properties())
                .containsExactlyInAnyOrder(Property.NORMAL_USER, Property.JOB_ADMINISTRATOR);
    }

    @Test
    void aSessionThatWentOnMeanwhileEndsWithItsFormerToken() {
        TokenPair first = logIn();
        TokenPair second = refresh.user(first.refresh().text());

        installation.sessions.revoke(first.refresh().text(), Optional.empty());

        assertThatThrownBy(() -> refresh.user(second.refresh().text())).isInstanceOf(RefreshTokenReused.class);
    }

    @Test
    void aTokenWhoseKeyIsDeletedIsOfNoUseThoughItWasCheckedBefore() {
        TokenPair tokens = logIn();
        installation.verification.verify(tokens.access().text());

        installation.database.sql("delete from framework.signing_key");
        installation.clock.advance(Duration.ofMinutes(2));

        assertThatThrownBy(
                        () -> installation.verification.verify(tokens.access().text()))
                .isInstanceOf(InvalidToken.class)
                .hasMessageContaining("unknown signing key");
    }

    @Test
    void aRevokedTokenIsOfNoUse() {
        TokenPair tokens = logIn();

        installation.sessions.revoke(tokens.refresh().text(), Optional.empty());
        installation.sessions.revoke("no token at all", Optional.empty());

        assertThatThrownBy(() -> refresh.user(tokens.refresh().text())).isInstanceOf(RefreshTokenReused.class);
    }

    @Test
    void pilotsProlongTheirOwnSessionOnly() {
        TokenPair tokens = installation.issuer.pilotTokens(STAMP, DEMO);
        assertThat(installation.verification.verify(tokens.access().text())).isEqualTo(new Caller.Pilot(STAMP, DEMO));

        assertThatThrownBy(() -> refresh.pilot(tokens.refresh().text(), new PilotStamp("another")))
                .isInstanceOf(InvalidRefreshToken.class);
        assertThatThrownBy(() -> refresh.user(tokens.refresh().text())).isInstanceOf(InvalidRefreshToken.class);
        TokenPair next = refresh.pilot(tokens.refresh().text(), STAMP);

        installation.sessions.revoke(STAMP, DEMO);
        assertThatThrownBy(() -> refresh.pilot(next.refresh().text(), STAMP)).isInstanceOf(RefreshTokenReused.class);
    }

    @Test
    void usersSeeAndEndTheirOwnSessionsAndProxyManagersThoseOfTheirVo() {
        TokenPair alice = logIn();
        logIn("a-1", "vo:other");
        TokenPair bob = logIn("b-2", "vo:demo group:demo_admin");
        Caller aliceCaller = installation.verification.verify(alice.access().text());
        Caller bobCaller = installation.verification.verify(bob.access().text());

        List<Session> hers = installation.sessions.list(aliceCaller);
        List<Session> all = installation.sessions.list(bobCaller);

        assertThat(hers).singleElement().satisfies(session -> {
            assertThat(session.subject()).isEqualTo("a-1");
            assertThat(session.scope()).isEqualTo("vo:demo group:demo_user");
        });
        assertThat(all).extracting(Session::subject).containsExactlyInAnyOrder("a-1", "b-2");
        Session bobs = all.stream()
                .filter(session -> session.subject().equals("b-2"))
                .findFirst()
                .orElseThrow();
        assertThatThrownBy(() -> installation.sessions.revoke(aliceCaller, bobs.jti()))
                .isInstanceOf(Forbidden.class);
        installation.sessions.revoke(bobCaller, hers.get(0).jti());
        assertThat(installation.sessions.list(aliceCaller)).isEmpty();
    }
}
