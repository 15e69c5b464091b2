/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.exchange.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.diracee.framework.client.boundary.NewClient;
import org.diracee.framework.client.boundary.RegisteredClient;
import org.diracee.framework.fixture.Installation;
import org.diracee.framework.fixture.Together;
import org.diracee.framework.token.boundary.IssuedToken;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.error.InvalidToken;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.Sha256;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClientAuthenticationIT {

    private final Installation installation = Robots.installation();
    private final ClientAuthentication authentication = installation.clientAuthentication;

    private IssuedToken token(String client) {
        return installation.clientTokens.own(authentication.authenticate(Robots.secret(client)), Optional.empty());
    }

    private void refused(ClientCredentials shown, ErrorCode code, String message) {
        assertThatThrownBy(() -> authentication.authenticate(shown))
                .isInstanceOfSatisfying(ClientRefused.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(code);
                    assertThat(refusal.detail()).contains(message);
                });
    }

    @Nested
    class ASecret {

        @Test
        void givesATokenOfTheRobotInItsGroup() {
            IssuedToken token = token("monitor");

            assertThat(installation.verification.verify(token.text()))
                    .isInstanceOfSatisfying(Caller.User.class, user -> {
                        assertThat(user.subject()).isEqualTo("r-1");
                        assertThat(user.group().text()).isEqualTo("demo_robot");
                        assertThat(user.properties())
                                .isEqualTo(Set.of(Property.NORMAL_USER, Property.JOB_ADMINISTRATOR));
                        assertThat(user.credential().actor()).isEmpty();
                    });
            assertThat(installation.verification.inspect(token.text()).client()).contains("monitor");
        }

        @Test
        void meansTheClientsGroupIfTheScopeNamesNone() {
            IssuedToken token = installation.clientTokens.own(
                    installation.clientAuthentication.authenticate(Robots.secret("monitor")), Optional.of("vo:demo"));

            assertThat(installation.verification.verify(token.text()))
                    .isInstanceOfSatisfying(
                            Caller.User.class,
                            user -> assertThat(user.group().text()).isEqualTo("demo_robot"));
        }

        @Test
        void isRefusedAlikeWhetherTheClientIsKnownOrNot() {
            for (String id : List.of("monitor", "nobody", "signer")) {
                refused(
                        new ClientCredentials(Optional.of(id), Optional.of("guessed"), Optional.empty()),
                        ErrorCode.CLIENT_NOT_AUTHENTICATED,
                        "The client did not prove who it is");
            }
        }

        @Test
        void isWorthNothingUntilAnAdministratorApproves() {
            refused(Robots.secret("stranger"), ErrorCode.UNAUTHORIZED_CLIENT, "no administrator has approved it");
        }

        @Test
        void leavesNoSecretInTheDatabase() {
            token("monitor");

            assertThat(installation.database.value(
                            "select string_agg(document, ' ') from framework.configuration_revision"))
                    .doesNotContain(Robots.SECRET);
        }

        @Test
        void doesNotLeadBeyondTheGroupOrTheVo() {
            RegisteredClient client = authentication.authenticate(Robots.secret("monitor"));
            for (String scope :
                    List.of("vo:demo group:demo_user", "vo:other", "vo:demo group:demo_robot property:NormalUser")) {
                assertThatThrownBy(() -> installation.clientTokens.own(client, Optional.of(scope)))
                        .isInstanceOf(ClientRefused.class);
            }
        }

        @Test
        void givesNothingThatTheGrantsDoNotName() {
            assertThatThrownBy(() -> token("gateway"))
                    .isInstanceOf(ClientRefused.class)
                    .hasMessageContaining("Grants does not name client_credentials");
        }
    }

    @Nested
    class AnApprovalTakenBack {

        @Test
        void endsTokensThatAreRemembered() {
            String token = token("monitor").text();
            assertThat(installation.verification.verify(token)).isNotNull();

            Robots.configure(installation, 3, "no");

            assertThatThrownBy(() -> installation.verification.verify(token))
                    .isInstanceOf(InvalidToken.class)
                    .hasMessageContaining("not approved any more");
            refused(Robots.secret("monitor"), ErrorCode.UNAUTHORIZED_CLIENT, "no administrator has approved it");
        }

        private final Caller administrator = new Caller.User(
                "b-2",
                new UserName("bob"),
                new GroupName("demo_admin"),
                new VoName("demo"),
                Set.of(Property.CS_ADMINISTRATOR));

        private NewClient monitor() {
            return new NewClient(
                    "monitor",
                    true,
                    Optional.of(new UserName("robot")),
                    Optional.of(new GroupName("demo_robot")),
                    List.of(),
                    Optional.of(Sha256.hex(Robots.SECRET)),
                    Optional.empty(),
                    false,
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty());
        }

        @Test
        void endsTokensForEverAlthoughAClientOfThisIdIsRegisteredAgain() {
            String stolen = token("monitor").text();
            installation.clock.advance(Duration.ofMillis(1));

            installation.clientAdministration.delete(administrator, "monitor", "gone");
            assertThatThrownBy(() -> installation.clientAdministration.delete(administrator, "monitor", "gone"))
                    .isInstanceOf(ClientNotFound.class);
            installation.clientAdministration.add(administrator, monitor(), "back");

            assertThatThrownBy(() -> installation.verification.verify(stolen))
                    .isInstanceOf(InvalidToken.class)
                    .hasMessageContaining("was kept out since");
            assertThat(installation.verification.verify(token("monitor").text()))
                    .isNotNull();
            assertThatThrownBy(() -> installation.clientAdministration.add(administrator, monitor(), "twice"))
                    .isInstanceOf(InvalidRequest.class)
                    .hasMessageContaining("already");
        }

        @Test
        void endsTokensForEverAlthoughTheClientIsLetInAgain() {
            String stolen = token("monitor").text();
            installation.clock.advance(Duration.ofMillis(1));

            installation.clientAdministration.revoke(administrator, "monitor");
            installation.clientAdministration.approve(administrator, "monitor");

            assertThatThrownBy(() -> installation.verification.verify(stolen))
                    .isInstanceOf(InvalidToken.class)
                    .hasMessageContaining("was kept out since");
            assertThat(installation.verification.verify(token("monitor").text()))
                    .isNotNull();
        }

        @Test
        void endsTokensOfAClientThatIsGone() {
            String token = token("monitor").text();

            installation.configure(3, Installation.CONFIGURATION);
            installation.configuration.refresh();

            assertThatThrownBy(() -> installation.verification.verify(token)).isInstanceOf(InvalidToken.class);
        }
    }

    @Nested
    class AnAssertion {

        @Test
        void isGoodOnce() {
            String assertion = Robots.signed(Robots.claims(installation.clock.instant()), Robots.KEY);

            assertThat(authentication.authenticate(Robots.assertion(assertion)).id())
                    .isEqualTo("signer");
            refused(Robots.assertion(assertion), ErrorCode.CLIENT_NOT_AUTHENTICATED, "it was used before");
        }

        @Test
        void isGoodOnceOnHoweverManyNodesItComesAtATime() throws InterruptedException {
            String assertion = Robots.signed(Robots.claims(installation.clock.instant()), Robots.KEY);

            List<Object> outcomes = Together.run(Collections.nCopies(8, () -> {
                try {
                    return authentication
                            .authenticate(Robots.assertion(assertion))
                            .id();
                } catch (ClientRefused replayed) {
                    return "refused";
                }
            }));

            assertThat(outcomes).filteredOn("signer"::equals).hasSize(1);
            assertThat(outcomes).filteredOn("refused"::equals).hasSize(7);
        }

        @Test
        void mayNameTheIssuerInPlaceOfTheTokenRoute() {
            JwtClaims claims = Robots.claims(installation.clock.instant());
            claims.setAudience("https://dirac.test");

            assertThat(authentication.authenticate(Robots.assertion(Robots.signed(claims, Robots.KEY))))
                    .isNotNull();
        }

        static Stream<Arguments> wrongs() {
            return Stream.of(
                    wrong("aud must be", claims -> claims.setAudience("https://elsewhere.test")),
                    wrong("aud must be", claims -> claims.setAudience("https://dirac.test", "https://elsewhere.test")),
                    wrong("aud must be", claims -> claims.unsetClaim("aud")),
                    wrong("iss and sub", claims -> claims.setIssuer("monitor")),
                    wrong("exp must be there", claims -> claims.unsetClaim("exp")),
                    wrong("expired", claims -> claims.setExpirationTime(NumericDate.fromSeconds(1))),
                    wrong("at most 10 minutes", claims -> claims.setExpirationTimeMinutesInTheFuture(600 * 24 * 365)),
                    wrong("jti must be there", claims -> claims.unsetClaim("jti")),
                    wrong("not in force", claims -> claims.setClaim("nbf", claims.getClaimValue("exp"))));
        }

        private static Arguments wrong(String message, Consumer<JwtClaims> change) {
            return Arguments.of(message, change);
        }

        @ParameterizedTest
        @MethodSource("wrongs")
        void isRefusedForWhatItSays(String message, Consumer<JwtClaims> change) {
            JwtClaims claims = Robots.claims(installation.clock.instant());
            change.accept(claims);

            refused(Robots.assertion(Robots.signed(claims, Robots.KEY)), ErrorCode.CLIENT_NOT_AUTHENTICATED, message);
        }

        @Test
        void isRefusedIfAnotherKeySigned() {
            refused(
                    Robots.assertion(Robots.signed(Robots.claims(installation.clock.instant()), Robots.newKey())),
                    ErrorCode.CLIENT_NOT_AUTHENTICATED,
                    "did not prove");
            JwtClaims another = Robots.claims(installation.clock.instant());
            another.setSubject("monitor");
            refused(
                    Robots.assertion(Robots.signed(another, Robots.KEY)),
                    ErrorCode.CLIENT_NOT_AUTHENTICATED,
                    "did not prove");
            refused(Robots.assertion("e30.e30."), ErrorCode.CLIENT_NOT_AUTHENTICATED, "did not prove");
        }

        @Test
        void thatIsOldUsesUpNothingOfTheClientsBudget() {
            Robots.limited(installation);
            JwtClaims claims = Robots.claims(installation.clock.instant());
            String used = Robots.signed(claims, Robots.KEY);
            authentication.authenticate(Robots.assertion(used));
            installation.clock.advance(Duration.ofSeconds(10));

            refused(Robots.assertion(used), ErrorCode.CLIENT_NOT_AUTHENTICATED, "used before");

            authentication.authenticate(
                    Robots.assertion(Robots.signed(Robots.claims(installation.clock.instant()), Robots.KEY)));
        }

        @Test
        void thatHasExpiredIsForgotten() {
            authentication.authenticate(
                    Robots.assertion(Robots.signed(Robots.claims(installation.clock.instant()), Robots.KEY)));
            installation.clock.advance(Duration.ofMinutes(10));

            assertThat(installation.usedAssertions.forgetOld(10)).isEqualTo(1);
        }
    }
}
