/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.exchange.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.AbstractThrowableAssert;
import org.diracee.framework.client.boundary.RegisteredClient;
import org.diracee.framework.fixture.Installation;
import org.diracee.framework.token.boundary.InvalidRefreshToken;
import org.diracee.framework.token.boundary.RefreshTokenReused;
import org.diracee.framework.token.boundary.Scope;
import org.diracee.framework.token.boundary.StorageGrant;
import org.diracee.framework.token.boundary.TokenPair;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Credential;
import org.diracee.kernel.access.CredentialKind;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidToken;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenExchangeIT {

    private static final VoName DEMO = new VoName("demo");
    private static final PilotStamp STAMP = new PilotStamp("0123456789abcdef");
    private static final String REFRESH_TYPE = "urn:ietf:params:oauth:token-type:refresh_token";

    private final Installation installation = Robots.installation();

    private TokenPair logIn(String subject, String scope) {
        return installation.issuer.userTokens(subject, Scope.parse(scope, installation.registry));
    }

    private String alice() {
        return logIn("a-1", "vo:demo").access().text();
    }

    private Optional<RegisteredClient> client(String id) {
        return Optional.of(installation.clientAuthentication.authenticate(Robots.secret(id)));
    }

    private static ExchangeRequest forService(String token, String audience, String scope) {
        return new ExchangeRequest(
                token, TokenExchange.ACCESS_TOKEN, Optional.empty(), Optional.of(audience), Optional.of(scope));
    }

    private static ExchangeRequest toAct(String token) {
        return new ExchangeRequest(
                token, TokenExchange.ACCESS_TOKEN, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private ExchangedToken exchange(ExchangeRequest request) {
        return installation.exchange.exchange(Optional.empty(), request);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(
            Optional<RegisteredClient> client, ExchangeRequest request, ErrorCode code) {
        return assertThatThrownBy(() -> installation.exchange.exchange(client, request))
                .isInstanceOfSatisfying(DiracException.class, refusal -> assertThat(refusal.code())
                        .isEqualTo(code));
    }

    @Nested
    class ForAStorageElement {

        @Test
        void isWhatTheWlcgProfileSays() throws Exception {
            ExchangedToken token = exchange(
                    forService(alice(), Robots.SE, "storage.read:/demo/data storage.create:/demo/user/a/alice/new"));

            JsonWebKey key =
                    JsonWebKey.Factory.newJwk(installation.keys.publicKeys().get(1));
            JsonWebSignature signature = new JsonWebSignature();
            signature.setCompactSerialization(token.text());
            signature.setKey(key.getKey());
            assertThat(signature.verifySignature()).isTrue();
            assertThat(signature.getAlgorithmHeaderValue()).isEqualTo("ES256");
            JwtClaims claims = JwtClaims.parse(signature.getPayload());
            assertThat(claims.getAudience()).containsExactly(Robots.SE);
            assertThat(claims.getClaimsMap())
                    .containsOnlyKeys("iss", "sub", "aud", "iat", "nbf", "exp", "jti", "scope", "wlcg.ver")
                    .containsEntry("iss", "https://dirac.test")
                    .containsEntry("sub", "demo:a-1")
                    .containsEntry("wlcg.ver", "1.0")
                    .containsEntry("scope", "storage.read:/demo/data storage.create:/demo/user/a/alice/new");
            assertThat(token.scope()).isEqualTo("storage.read:/demo/data storage.create:/demo/user/a/alice/new");
            assertThat(token.expiresIn()).isBetween(Duration.ofMinutes(19), Duration.ofMinutes(20));
            assertThat(token.refresh()).isEmpty();
        }

        @Test
        void isWorthNothingToUs() {
            String token = exchange(forService(alice(), Robots.SE, "storage.read:/demo"))
                    .text();

            assertThatThrownBy(() -> installation.verification.verify(token)).isInstanceOf(InvalidToken.class);
            refused(
                    Optional.empty(),
                    forService(token, Robots.SE, "storage.read:/demo"),
                    ErrorCode.INVALID_TOKEN_REQUEST);
            refused(client("gateway"), toAct(token), ErrorCode.INVALID_TOKEN_REQUEST);
        }

        @ParameterizedTest
        @CsvSource({
            "storage.read:/",
            "storage.read:/demo2",
            "storage.read:/other",
            "storage.create:/demo/user/b/bob",
            "storage.create:/demo/user/a",
            "storage.modify:/demo/user/a/alice",
            "compute.create",
            "storage.read:/demo storage.modify:/demo",
        })
        void allowsNoMoreThanTheRegistry(String scope) {
            refused(Optional.empty(), forService(alice(), Robots.SE, scope), ErrorCode.INVALID_SCOPE)
                    .hasMessageContaining("more than allowed");
        }

        @ParameterizedTest
        @CsvSource({
            "https://dirac.test",
            "https://dirac.test/",
            "HTTPS://DIRAC.TEST",
            "https://unknown.test",
            "https://se.test:8443/",
            "https://se.test:8443 https://dirac.test",
            "https://wlcg.cern.ch/jwt/v1/any",
        })
        void isForAKnownServiceAndNeverForUs(String audience) {
            refused(Optional.empty(), forService(alice(), audience, "storage.read:/demo"), ErrorCode.INVALID_TARGET);
        }

        @Test
        void isNotForUsWhateverTheRegistrySays() {
            String robot = installation
                    .clientTokens
                    .own(client("monitor").get(), Optional.empty())
                    .text();

            refused(
                            client("monitor"),
                            forService(robot, "https://dirac.test/", "storage.read:/demo"),
                            ErrorCode.INVALID_TARGET)
                    .hasMessageContaining("by logging in");
        }

        @Test
        void isNotGivenToGroupsOfWhichTheRegistrySaysNothing() {
            String admin = logIn("b-2", "vo:demo group:demo_admin").access().text();

            refused(Optional.empty(), forService(admin, Robots.SE, "storage.read:/demo"), ErrorCode.INVALID_TARGET)
                    .hasMessageContaining("have tokens for none");
        }

        @Test
        void keepsToTheLimitsOfTheClientAsWell() {
            Optional<RegisteredClient> monitor = client("monitor");
            String robot = installation
                    .clientTokens
                    .own(monitor.get(), Optional.empty())
                    .text();

            assertThat(installation.exchange.exchange(monitor, forService(robot, Robots.SE, "storage.read:/demo/x")))
                    .isNotNull();
            refused(monitor, forService(robot, Robots.SE, "storage.read:/other"), ErrorCode.INVALID_SCOPE);
            refused(monitor, forService(robot, Robots.SE, "storage.modify:/demo"), ErrorCode.INVALID_SCOPE);
            refused(
                    monitor,
                    forService(robot, "https://other-se.test", "storage.read:/demo"),
                    ErrorCode.INVALID_TARGET);
            // whoever stole it has not the client's secret
            refused(
                            Optional.empty(),
                            forService(robot, Robots.SE, "storage.read:/demo"),
                            ErrorCode.INVALID_TOKEN_REQUEST)
                    .hasMessageContaining("which alone may exchange it");
        }

        @Test
        void namesThePilotsOfAVoAndIsReadByOldComputingElements() throws Exception {
            ServiceToken token =
                    installation.scopedTokens.forPilots(new Caller.System("SiteDirector"), DEMO, "https://ce.test:443");

            JsonWebSignature signature = new JsonWebSignature();
            signature.setCompactSerialization(token.text());
            signature.setKey(
                    JsonWebKey.Factory.newJwk(installation.keys.publicKeys().get(2))
                            .getKey());
            assertThat(signature.verifySignature()).isTrue();
            assertThat(signature.getAlgorithmHeaderValue()).isEqualTo("RS256");
            assertThat(JwtClaims.parse(signature.getPayload()).getClaimsMap())
                    .containsEntry("sub", "demo:pilots")
                    .containsEntry("aud", "https://ce.test:443")
                    .containsEntry("scope", "compute.cancel compute.create compute.modify compute.read");
        }

        @Test
        void isGivenToOurOwnCodeForWhateverItNeeds() {
            ServiceToken token = installation.scopedTokens.forService(
                    new Caller.System("SiteDirector"),
                    DEMO,
                    "r-1",
                    "https://ce.test:9619",
                    "compute.create compute.read");

            assertThat(token.audience()).isEqualTo("https://ce.test:9619");
            assertThatThrownBy(() -> installation.scopedTokens.forService(
                            new Caller.System("SiteDirector"), DEMO, "r-1", "https://dirac.test", "compute.create"))
                    .isInstanceOf(AudienceRefused.class);
        }

        @Test
        void forStorageIsCheckedByUsForTheOneStorageElementAndIsNoKeyToOurApi() {
            String se = "https://dirac.test/se/own";
            ServiceToken token = installation.scopedTokens.forStorage(
                    new Caller.System("StorageTokens"), DEMO, "a-1", se, "storage.read:/demo/a%20b");

            StorageGrant grant = installation.verification.storage(token.text(), se);

            assertThat(grant).isEqualTo(new StorageGrant(DEMO, "a-1", "storage.read:/demo/a%20b", token.expires()));
            assertThatThrownBy(() -> installation.verification.storage(token.text(), se + "2"))
                    .isInstanceOf(InvalidToken.class);
            assertThatThrownBy(() -> installation.verification.verify(token.text()))
                    .isInstanceOf(InvalidToken.class);
            String access = logIn("a-1", "vo:demo").access().text();
            assertThatThrownBy(() -> installation.verification.storage(access, "https://dirac.test"))
                    .isInstanceOf(InvalidToken.class);
            String compute = installation
                    .scopedTokens
                    .forPilots(new Caller.System("SiteDirector"), DEMO, se)
                    .text();
            assertThatThrownBy(() -> installation.verification.storage(compute, se))
                    .isInstanceOf(InvalidToken.class);
        }
    }

    @Nested
    class TheSubjectToken {

        @Test
        void mustBeAUsersAccessTokenOfOurs() {
            TokenPair user = logIn("a-1", "vo:demo");
            String pilot = installation.issuer.pilotToken(STAMP, DEMO).text();
            String job = installation
                    .issuer
                    .jobToken(
                            installation.issuer.newTokenId(),
                            new Caller.Job(
                                    new JobId(1), 1, STAMP, new UserName("alice"), new GroupName("demo_user"), DEMO),
                            Duration.ofHours(1))
                    .text();
            for (String useless : List.of(user.refresh().text(), pilot, job, "", "x.y.z")) {
                refused(
                                Optional.empty(),
                                forService(useless, Robots.SE, "storage.read:/demo"),
                                ErrorCode.INVALID_TOKEN_REQUEST)
                        .hasMessageStartingWith("The subject_token is not a user's access token of this server");
            }
        }

        @Test
        void mustNotHaveExpired() {
            String token = alice();
            installation.clock.advance(Duration.ofMinutes(20));

            refused(
                            Optional.empty(),
                            forService(token, Robots.SE, "storage.read:/demo"),
                            ErrorCode.INVALID_TOKEN_REQUEST)
                    .hasMessageContaining("expired");
        }

        @Test
        void mustBeOfTheKindThatItIsSaidToBe() {
            for (String type : List.of(
                    REFRESH_TYPE,
                    "urn:ietf:params:oauth:token-type:id_token",
                    "urn:ietf:params:oauth:token-type:saml2",
                    "access_token")) {
                refused(
                                Optional.empty(),
                                new ExchangeRequest(
                                        alice(),
                                        type,
                                        Optional.empty(),
                                        Optional.of(Robots.SE),
                                        Optional.of("storage.read:/demo")),
                                ErrorCode.INVALID_TOKEN_REQUEST)
                        .hasMessageStartingWith("subject_token_type is not known");
            }
        }
    }

    @Nested
    class ToActForAUser {

        private ExchangedToken session(Optional<RegisteredClient> gateway, String token) {
            return installation.exchange.exchange(
                    gateway,
                    new ExchangeRequest(
                            token,
                            TokenExchange.ACCESS_TOKEN,
                            Optional.of(REFRESH_TYPE),
                            Optional.empty(),
                            Optional.empty()));
        }

        @Test
        void namesUserAndClient() {
            ExchangedToken token = installation.exchange.exchange(client("gateway"), toAct(alice()));

            assertThat(installation.verification.verify(token.text()))
                    .isInstanceOfSatisfying(Caller.User.class, user -> {
                        assertThat(user.username().text()).isEqualTo("alice");
                        assertThat(user.group().text()).isEqualTo("demo_user");
                        assertThat(user.properties()).isEqualTo(Set.of(Property.NORMAL_USER));
                        assertThat(user.credential().actor()).contains("gateway");
                    });
        }

        @Test
        void endsWithTheUsersOwnToken() {
            String token = alice();
            installation.clock.advance(Duration.ofMinutes(15));

            assertThat(installation
                            .exchange
                            .exchange(client("gateway"), toAct(token))
                            .expiresIn())
                    .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
        }

        @Test
        void cannotBeExchangedAgainForALongerOne() {
            Optional<RegisteredClient> gateway = client("gateway");
            String token =
                    installation.exchange.exchange(gateway, toAct(alice())).text();

            refused(gateway, toAct(token), ErrorCode.INVALID_TOKEN_REQUEST)
                    .hasMessageContaining("was given to a client");
        }

        @Test
        void isForClientsOfTheVoThatMay() {
            refused(client("foreign"), toAct(alice()), ErrorCode.UNAUTHORIZED_CLIENT)
                    .hasMessageContaining("another VO");
            refused(client("monitor"), toAct(alice()), ErrorCode.UNAUTHORIZED_CLIENT)
                    .hasMessageContaining("ActForUsers");
            refused(Optional.empty(), toAct(alice()), ErrorCode.INVALID_TOKEN_REQUEST)
                    .hasMessageContaining("audience is missing");
        }

        @ParameterizedTest
        @CsvSource({
            "vo:demo group:demo_admin",
            "vo:demo property:JobAdministrator",
            "vo:other",
        })
        void givesNoMoreThanTheUserHadGiven(String scope) {
            String bob = logIn("b-2", "vo:demo group:demo_user").access().text();

            refused(
                            client("gateway"),
                            new ExchangeRequest(
                                    bob,
                                    TokenExchange.ACCESS_TOKEN,
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.of(scope)),
                            ErrorCode.INVALID_SCOPE)
                    .hasMessageContaining("no more can be had");
        }

        @Test
        void keepsPropertiesThatTheUserHadAskedFor() {
            String bob = logIn("b-2", "vo:demo group:demo_user property:JobAdministrator")
                    .access()
                    .text();

            ExchangedToken token = session(client("gateway"), bob);

            assertThat(((Caller.User) installation.verification.verify(token.text())).properties())
                    .isEqualTo(Set.of(Property.NORMAL_USER, Property.JOB_ADMINISTRATOR));
        }

        @Test
        void canBeASessionThatLivesAsLongAsTheClientsMay() {
            Optional<RegisteredClient> gateway = client("gateway");
            String first = session(gateway, alice()).refresh().orElseThrow();
            String last = first;
            for (int use = 0; use < 3; use++) {
                installation.clock.advance(Duration.ofMinutes(9));
                TokenPair next = installation.clientTokens.refreshed(gateway.get(), last);
                assertThat(((Caller.User) installation.verification.verify(
                                        next.access().text()))
                                .credential()
                                .actor())
                        .contains("gateway");
                last = next.refresh().text();
            }
            String ended = last;
            installation.clock.advance(Duration.ofMinutes(3));
            assertThatThrownBy(() -> installation.clientTokens.refreshed(gateway.get(), ended))
                    .isInstanceOf(InvalidRefreshToken.class);
        }

        @Test
        void endsWithTheCertificateThatBeganTheUsersSession() {
            Optional<RegisteredClient> gateway = client("gateway");
            Instant ends = installation.clock.instant().plusSeconds(15 * 60);
            TokenPair own = installation.issuer.certificateTokens(
                    "a-1",
                    Scope.parse("vo:demo", installation.registry),
                    ends,
                    Credential.of(CredentialKind.CERTIFICATE, "/DC=test/CN=alice"));
            own = installation.refresh.user(own.refresh().text());
            String first = session(gateway, own.access().text()).refresh().orElseThrow();
            installation.clock.advance(Duration.ofMinutes(9));
            TokenPair next = installation.clientTokens.refreshed(gateway.get(), first);

            assertThat(next.refresh().expires()).isEqualTo(ends.truncatedTo(ChronoUnit.SECONDS));
            installation.clock.advance(Duration.ofMinutes(6));
            assertThatThrownBy(() -> installation.clientTokens.refreshed(
                            gateway.get(), next.refresh().text()))
                    .isInstanceOf(InvalidRefreshToken.class);
            String still = own.access().text();
            assertThatThrownBy(() -> session(gateway, still)).hasMessageContaining("its session has ended");
        }

        @Test
        void doesNotBeginAfterTheUsersSessionHasEnded() {
            Optional<RegisteredClient> gateway = client("gateway");
            TokenPair own = logIn("a-1", "vo:demo");
            installation.refresh.user(own.refresh().text());
            String token = own.access().text();
            assertThat(session(gateway, token).refresh()).isPresent();

            Caller alice = installation.verification.verify(token);
            installation.sessions.revoke(alice, own.refresh().id());

            refused(gateway, toAct(token), ErrorCode.INVALID_TOKEN_REQUEST).hasMessageContaining("session has ended");
            assertThatThrownBy(() -> session(gateway, token)).hasMessageContaining("session has ended");
            refused(
                            Optional.empty(),
                            forService(token, Robots.SE, "storage.read:/demo"),
                            ErrorCode.INVALID_TOKEN_REQUEST)
                    .hasMessageContaining("session has ended");
        }

        @Test
        void endsEarlierIfItIsNotUsed() {
            Optional<RegisteredClient> gateway = client("gateway");
            String refresh = session(gateway, alice()).refresh().orElseThrow();
            installation.clock.advance(Duration.ofMinutes(10));

            assertThatThrownBy(() -> installation.clientTokens.refreshed(gateway.get(), refresh))
                    .isInstanceOf(InvalidRefreshToken.class)
                    .hasMessageContaining("expired");
        }

        @Test
        void isProlongedByTheClientAlone() {
            Optional<RegisteredClient> gateway = client("gateway");
            String refresh = session(gateway, alice()).refresh().orElseThrow();

            assertThatThrownBy(() -> installation.refresh.user(refresh))
                    .isInstanceOf(InvalidRefreshToken.class)
                    .hasMessageContaining("another client's");
            String users = logIn("a-1", "vo:demo").refresh().text();
            assertThatThrownBy(() -> installation.clientTokens.refreshed(gateway.get(), users))
                    .isInstanceOf(InvalidRefreshToken.class);
            assertThat(installation.clientTokens.refreshed(gateway.get(), refresh))
                    .isNotNull();
        }

        @Test
        void usedTwiceEndsTheSessionButNotTheUsersOwn() {
            Optional<RegisteredClient> gateway = client("gateway");
            TokenPair own = logIn("a-1", "vo:demo");
            String refresh = session(gateway, own.access().text()).refresh().orElseThrow();
            String next = installation
                    .clientTokens
                    .refreshed(gateway.get(), refresh)
                    .refresh()
                    .text();

            assertThatThrownBy(() -> installation.clientTokens.refreshed(gateway.get(), refresh))
                    .isInstanceOf(RefreshTokenReused.class);
            assertThatThrownBy(() -> installation.clientTokens.refreshed(gateway.get(), next))
                    .isInstanceOf(RefreshTokenReused.class);
            assertThat(installation.refresh.user(own.refresh().text())).isNotNull();
        }

        @Test
        void isGivenUpByItsClientAlone() {
            Optional<RegisteredClient> gateway = client("gateway");
            String given = session(gateway, alice()).refresh().orElseThrow();
            String own = logIn("a-1", "vo:demo").refresh().text();

            for (Optional<String> other : List.of(Optional.<String>empty(), Optional.of("monitor"))) {
                assertThatThrownBy(() -> installation.sessions.revoke(given, other))
                        .isInstanceOf(InvalidRefreshToken.class);
            }
            assertThatThrownBy(() -> installation.sessions.revoke(own, Optional.of("gateway")))
                    .isInstanceOf(InvalidRefreshToken.class);
            assertThat(installation.refresh.user(own)).isNotNull();
            String next = installation
                    .clientTokens
                    .refreshed(gateway.get(), given)
                    .refresh()
                    .text();
            installation.sessions.revoke(next, Optional.of("gateway"));
            assertThatThrownBy(() -> installation.clientTokens.refreshed(gateway.get(), next))
                    .isInstanceOf(RefreshTokenReused.class);
        }

        @Test
        void endsWhenTheApprovalIsTakenBack() {
            Caller administrator = new Caller.User(
                    "b-2", new UserName("bob"), new GroupName("demo_admin"), DEMO, Set.of(Property.CS_ADMINISTRATOR));
            Optional<RegisteredClient> gateway = client("gateway");
            ExchangedToken session = session(gateway, alice());
            assertThat(installation
                            .clientAdministration
                            .show(administrator, "gateway")
                            .sessions())
                    .isEqualTo(1);

            installation.clientAdministration.revoke(administrator, "gateway");

            assertThatThrownBy(() -> installation.verification.verify(session.text()))
                    .isInstanceOf(InvalidToken.class);
            assertThatThrownBy(() -> client("gateway"))
                    .isInstanceOf(ClientRefused.class)
                    .hasMessageContaining("no administrator has approved it");
            installation.clientAdministration.approve(administrator, "gateway");
            assertThatThrownBy(() -> installation.clientTokens.refreshed(
                            client("gateway").get(), session.refresh().orElseThrow()))
                    .isInstanceOf(RefreshTokenReused.class);
        }
    }
}
