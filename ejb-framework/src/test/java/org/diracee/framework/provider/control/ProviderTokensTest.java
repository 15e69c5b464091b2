/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.provider.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.diracee.framework.fixture.FakeProvider;
import org.diracee.framework.fixture.Providers;
import org.diracee.framework.fixture.SettableClock;
import org.diracee.framework.provider.boundary.IdentityProvider;
import org.diracee.framework.provider.boundary.ProviderFailed;
import org.diracee.framework.provider.gateway.HttpProviderConnection;
import org.diracee.kernel.error.InvalidToken;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderTokensTest {

    private static final String NONCE = "nonce-1";

    private final SettableClock clock = new SettableClock();
    private final FakeProvider server = new FakeProvider(clock);
    private final ProviderTokens tokens =
            new ProviderTokens(new ProviderDocuments(new HttpProviderConnection(), clock), clock);
    private final IdentityProvider provider = Providers.of("demo", server.issuer());

    @AfterEach
    void stop() {
        server.close();
    }

    private static Consumer<JwtClaims> with(String claim, Object value) {
        return claims -> claims.setClaim(claim, value);
    }

    private static Consumer<JwtClaims> without(String claim) {
        return claims -> claims.unsetClaim(claim);
    }

    @Nested
    class AnIdToken {

        private void refuses(JwtClaims claims, String reason) {
            String token = server.signed(claims);
            assertThatThrownBy(() -> tokens.idToken(provider, token, NONCE))
                    .isInstanceOf(InvalidToken.class)
                    .hasMessage("Invalid JWT: " + reason);
        }

        @Test
        void ofThisLogInCounts() {
            JwtClaims claims = tokens.idToken(provider, server.signed(server.idClaims(NONCE)), NONCE);

            assertThat(claims.getClaimValue("sub")).isEqualTo("a-1");
        }

        @Test
        void forSeveralCountsIfItWasMadeForUs() {
            JwtClaims claims = server.idClaims(NONCE);
            claims.setAudience(FakeProvider.CLIENT, "other");
            refuses(claims, "for another client");
            claims.setStringClaim("azp", FakeProvider.CLIENT);
            assertThat(tokens.idToken(provider, server.signed(claims), NONCE)).isNotNull();
        }

        static Stream<Arguments> wrong() {
            return Stream.of(
                    Arguments.of(with("aud", "other"), "for another client"),
                    Arguments.of(with("aud", List.of()), "for another client"),
                    Arguments.of(with("azp", "other"), "for another client"),
                    Arguments.of(with("nonce", "other"), "of another log-in"),
                    Arguments.of(without("nonce"), "of another log-in"),
                    Arguments.of(with("iss", "https://other.test"), "another issuer's"),
                    Arguments.of(without("iss"), "another issuer's"),
                    Arguments.of(without("exp"), "expired"),
                    Arguments.of(without("iat"), "without its time of issue"),
                    Arguments.of(without("sub"), "unusable claims"),
                    Arguments.of(with("sub", Map.of()), "malformed"));
        }

        @ParameterizedTest
        @MethodSource
        void thatSaysSomethingElseIsRefused(Consumer<JwtClaims> change, String reason) {
            JwtClaims claims = server.idClaims(NONCE);
            change.accept(claims);
            refuses(claims, reason);
        }

        static Stream<Arguments> thatSaysSomethingElseIsRefused() {
            return wrong();
        }

        @Test
        void isGoodForItsTimeAndAFewSecondsMore() {
            String token = server.signed(server.idClaims(NONCE));
            clock.advance(Duration.ofMinutes(5).plusSeconds(20));
            assertThat(tokens.idToken(provider, token, NONCE)).isNotNull();
            clock.advance(Duration.ofSeconds(11));
            assertThatThrownBy(() -> tokens.idToken(provider, token, NONCE)).hasMessageContaining("expired");
        }

        @Test
        void ofTheFutureIsRefused() {
            JwtClaims claims = server.idClaims(NONCE);
            claims.setIssuedAt(
                    NumericDate.fromSeconds(clock.instant().plusSeconds(60).getEpochSecond()));
            refuses(claims, "too old, or of the future");
        }

        @ParameterizedTest
        @ValueSource(strings = {"none", "HS256", "RS512"})
        void signedInAnotherWayIsRefusedAndTheProviderNotAsked(String algorithm) {
            String token = server.signed(server.idClaims(NONCE), algorithm, null);
            assertThatThrownBy(() -> tokens.idToken(provider, token, NONCE)).isInstanceOf(InvalidToken.class);
            assertThat(server.calls("/keys")).isZero();
        }

        @Test
        void thatWasChangedIsRefused() {
            String[] token = server.signed(server.idClaims(NONCE)).split("\\.");
            server.person.put("sub", "b-2");
            String[] other = server.signed(server.idClaims(NONCE)).split("\\.");
            String forged = token[0] + "." + other[1] + "." + token[2];
            assertThatThrownBy(() -> tokens.idToken(provider, forged, NONCE)).hasMessageContaining("bad signature");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a.b.c", "eyJhbGciOiJSUzI1NiJ9.e30.", "...."})
        void thatIsNoneIsRefused(String text) {
            assertThatThrownBy(() -> tokens.idToken(provider, text, NONCE)).isInstanceOf(InvalidToken.class);
        }
    }

    @Nested
    class AnAccessToken {

        private void refuses(JwtClaims claims, String reason) {
            String token = server.signed(claims);
            assertThatThrownBy(() -> tokens.accessToken(provider, token))
                    .isInstanceOf(InvalidToken.class)
                    .hasMessage("Invalid JWT: " + reason);
        }

        @Test
        void forOurApiCounts() {
            assertThat(tokens.accessToken(provider, server.signed(server.accessClaims())))
                    .isNotNull();
            assertThat(tokens.accessToken(provider, server.signed(server.accessClaims(), "RS256", "at+jwt")))
                    .isNotNull();
            assertThat(tokens.accessToken(provider, server.signed(server.accessClaims(), "RS256", "JWT")))
                    .isNotNull();
        }

        @Test
        void isNeverAnIdToken() {
            JwtClaims id = server.idClaims(NONCE);
            refuses(id, "no access token");
            id.setAudience(FakeProvider.AUDIENCE);
            id.setStringClaim("scope", "openid");
            refuses(id, "no access token");
            id.unsetClaim("nonce");
            id.setStringClaim("typ", "ID");
            refuses(id, "no access token");
            id.unsetClaim("scope");
            id.unsetClaim("typ");
            refuses(id, "no access token");
        }

        @ParameterizedTest
        @ValueSource(strings = {"logout+jwt", "secevent+jwt", "dpop+jwt"})
        void isNoTokenOfAnotherType(String type) {
            String token = server.signed(server.accessClaims(), "RS256", type);
            assertThatThrownBy(() -> tokens.accessToken(provider, token)).hasMessageContaining("no access token");
        }

        @Test
        void forOthersIsRefused() {
            JwtClaims claims = server.accessClaims();
            claims.setAudience("https://storage.test");
            refuses(claims, "for another audience");
            claims.unsetClaim("aud");
            refuses(claims, "for another audience");
            claims.setAudience(FakeProvider.AUDIENCE, FakeProvider.CLIENT);
            refuses(claims, "for another audience");
        }

        @Test
        void isNotTakenForLongerThanIsAllowed() {
            JwtClaims claims = server.accessClaims();
            claims.setExpirationTime(NumericDate.fromSeconds(
                    clock.instant().plus(Duration.ofDays(30)).getEpochSecond()));
            String token = server.signed(claims);
            clock.advance(Duration.ofMinutes(60));
            assertThat(tokens.accessToken(provider, token)).isNotNull();
            clock.advance(Duration.ofSeconds(31));
            assertThatThrownBy(() -> tokens.accessToken(provider, token)).hasMessageContaining("too old");
        }
    }

    @Nested
    class TheKeys {

        private String token() {
            return server.signed(server.accessClaims());
        }

        @Test
        void areReadOnce() {
            for (int i = 0; i < 5; i++) {
                tokens.accessToken(provider, token());
            }
            assertThat(server.calls("/keys")).isEqualTo(1);
            assertThat(server.calls("/realm/.well-known/openid-configuration")).isEqualTo(1);
        }

        @Test
        void areReadAnewWhenTheProviderHasNewOnes() {
            tokens.accessToken(provider, token());
            clock.advance(Duration.ofSeconds(6));
            server.rotate();
            assertThat(tokens.accessToken(provider, token())).isNotNull();
            assertThat(server.calls("/keys")).isEqualTo(2);
        }

        @Test
        void areNotReadForEveryInventedId() {
            tokens.accessToken(provider, token());
            server.rotate();
            String unknown = token();
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() -> tokens.accessToken(provider, unknown))
                        .hasMessageContaining("unknown signing key");
            }
            assertThat(server.calls("/keys")).isEqualTo(1);
        }

        @Test
        void thatAreKnownGoOnWorkingWhileTheProviderIsDown() {
            tokens.accessToken(provider, token());
            server.isBroken = true;
            clock.advance(Duration.ofMinutes(30));
            for (int i = 0; i < 5; i++) {
                assertThat(tokens.accessToken(provider, token())).isNotNull();
            }
            assertThat(server.calls("/keys")).isEqualTo(2);
        }

        @Test
        void thatNobodyKnowsAreAFailureOfTheProviderWhoIsThenLeftAlone() {
            server.isBroken = true;
            String token = token();
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> tokens.accessToken(provider, token)).isInstanceOf(ProviderFailed.class);
            }
            assertThat(server.calls("/realm/.well-known/openid-configuration")).isEqualTo(1);
            server.isBroken = false;
            clock.advance(Duration.ofSeconds(6));
            assertThat(tokens.accessToken(provider, token)).isNotNull();
        }

        @Test
        void ofAnotherIssuerOrPlaceAreNotFetched() {
            server.claimedIssuer = java.util.Optional.of("https://evil.test");
            assertThatThrownBy(() -> tokens.accessToken(provider, token())).isInstanceOf(ProviderFailed.class);
            server.claimedIssuer = java.util.Optional.empty();
            server.claimedKeys = java.util.Optional.of("http://192.0.2.1/keys");
            clock.advance(Duration.ofSeconds(6));
            assertThatThrownBy(() -> tokens.accessToken(provider, token())).isInstanceOf(ProviderFailed.class);
        }
    }
}
