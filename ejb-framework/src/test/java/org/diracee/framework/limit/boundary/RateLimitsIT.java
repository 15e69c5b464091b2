/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.limit.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.fixture.Installation;
import org.diracee.framework.fixture.People;
import org.diracee.framework.token.boundary.InvalidRefreshToken;
import org.diracee.framework.token.boundary.RefreshTokenReused;
import org.diracee.framework.token.boundary.Scope;
import org.diracee.framework.token.boundary.TokenPair;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.Test;

class RateLimitsIT {

    private static final Caller ALICE = People.of("demo", "a-1", "alice", "demo_user");
    private static final Caller BOB = People.of("demo", "b-2", "bob", "demo_user");
    private static final Caller OTHER = People.of("other", "a-1", "alice", "other_user");
    private static final Caller PILOT = new Caller.Pilot(new PilotStamp("p1"), new VoName("demo"));

    private final Installation installation = Installation.configured();
    private final RateLimits limits = installation.limits;

    @Test
    void eachVoSetsTheBudgetsOfItsOwn() {
        limit("UserRate = 1", "UserBurst = 2");

        assertThat(limits.count(ALICE)).contains(new Allowance(Budget.USER, 2, 2, 1, 1));
        limits.count(ALICE);
        assertThatThrownBy(() -> limits.count(ALICE))
                .isInstanceOfSatisfying(TooManyRequests.class, refusal -> assertThat(refusal.retryAfter())
                        .contains(Duration.ofSeconds(1)))
                .hasMessage("There are too many requests of one user: 2 at once are allowed,"
                        + " and as many again within 2 s");
        limits.count(BOB);
        limits.count(PILOT);
        for (int request = 0; request < 100; request++) {
            limits.count(OTHER);
        }
        installation.clock.advance(Duration.ofSeconds(1));
        limits.count(ALICE);
    }

    @Test
    void allUsersOfAVoShareABudgetThatPilotsDoNotHave() {
        limit("AllUsersRate = 1", "AllUsersBurst = 2");

        limits.count(ALICE);
        limits.count(BOB);
        assertThatThrownBy(() -> limits.count(ALICE)).isInstanceOf(TooManyRequests.class);
        limits.count(PILOT);
        limits.count(OTHER);
    }

    @Test
    void whoIsLetThroughIsKnownToCall() {
        limits.count(ALICE);
        assertThat(installation.recent.anyBut(List.of(new VoName("demo")), Duration.ofHours(1)))
                .isFalse();

        limits.count(OTHER);
        assertThat(installation.recent.anyBut(List.of(new VoName("demo")), Duration.ofHours(1)))
                .isTrue();
    }

    @Test
    void clientsAndUsersHaveBudgetsForTokensWhereverTheyAskFrom() {
        limit("TokensOfClientRate = 1", "TokensOfClientBurst = 2", "TokensOfUserRate = 1", "TokensOfUserBurst = 1");
        VoName demo = new VoName("demo");

        limits.countClient(demo, "robot");
        limits.countClient(demo, "robot");
        assertThatThrownBy(() -> limits.countClient(demo, "robot")).isInstanceOf(TooManyRequests.class);
        limits.countClient(demo, "monitor");
        limits.countTokens(demo, "robot");
        assertThatThrownBy(() -> limits.countTokens(demo, "robot"))
                .isInstanceOfSatisfying(TooManyRequests.class, refusal -> assertThat(refusal.allowance())
                        .isEqualTo(new Allowance(Budget.TOKENS_OF_USER, 1, 1, 0, 1)));
        limits.countTokens(new VoName("other"), "robot");
    }

    @Test
    void anOldTokenUsesUpNothingOfItsUsersBudget() {
        limit("TokensOfUserRate = 1", "TokensOfUserBurst = 1");
        Scope scope = Scope.parse("vo:demo", installation.registry);
        TokenPair first = installation.issuer.userTokens("a-1", scope);
        TokenPair second = installation.refresh.user(first.refresh().text());
        assertThatThrownBy(() -> installation.refresh.user(second.refresh().text()))
                .isInstanceOf(TooManyRequests.class);
        installation.clock.advance(Duration.ofSeconds(2));
        installation.refresh.user(second.refresh().text());
        TokenPair legacy = installation.issuer.legacyTokens("b-2", scope, Optional.empty());
        installation.sessions.revoke(BOB, legacy.refresh().id());
        installation.clock.advance(Duration.ofSeconds(2));

        assertThatThrownBy(() -> installation.refresh.user(first.refresh().text()))
                .isInstanceOf(RefreshTokenReused.class);
        assertThatThrownBy(() -> installation.refresh.user(legacy.refresh().text()))
                .isInstanceOf(InvalidRefreshToken.class);
        limits.countTokens(new VoName("demo"), "a-1");
        limits.countTokens(new VoName("demo"), "b-2");
    }

    @Test
    void noLimitIsNoLimit() {
        limit("UserRate = 0");

        assertThat(limits.count(ALICE)).isEmpty();
        assertThat(limits.count(new Caller.System("agent"))).isEqualTo(Optional.empty());
    }

    private void limit(String... options) {
        installation.configure(
                2,
                Installation.with(
                        "Operations\n{\n  demo\n  {\n    Services\n    {\n      API\n      {\n        RateLimits\n        {\n"
                                + String.join("\n", options) + "\n}\n}\n}\n}\n}\n"));
        installation.configuration.refresh();
    }
}
