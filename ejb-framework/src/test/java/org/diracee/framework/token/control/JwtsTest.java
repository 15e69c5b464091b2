/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.ExpiredToken;
import org.diracee.kernel.error.InvalidToken;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtsTest {

    private static final Issuer ISSUER = new Issuer("https://dirac.test", "https://services.test");
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00.5Z");
    private static final VoName DEMO = new VoName("demo");
    private static final TokenKey KEY = TokenKey.read(
            "k1", SigningAlgorithm.ED25519, true, TokenKey.generate(SigningAlgorithm.ED25519, "k1"), Instant.EPOCH);
    private static final TokenKey FOREIGN = TokenKey.read(
            "k1", SigningAlgorithm.ED25519, true, TokenKey.generate(SigningAlgorithm.ED25519, "k1"), Instant.EPOCH);
    private static final Caller.User ALICE = new Caller.User(
            "a-1",
            new UserName("alice"),
            new GroupName("demo_user"),
            DEMO,
            Set.of(Property.NORMAL_USER, Property.JOB_SHARING));
    private static final Caller.Pilot PILOT = new Caller.Pilot(new PilotStamp("abc"), DEMO);
    private static final Caller.Job JOB = new Caller.Job(
            new JobId(17), 2, new PilotStamp("abc"), new UserName("alice"), new GroupName("demo_user"), DEMO);

    private static Optional<PublicKey> keys(String kid) {
        return kid.equals(KEY.kid()) ? Optional.of(KEY.publicKey()) : Optional.empty();
    }

    private static JwtClaims verified(String token) {
        return Jwts.verified(TokenType.ACCESS, token, JwtsTest::keys, NOW);
    }

    /** The caller without what it showed. */
    private static Caller unshown(Caller caller) {
        return caller instanceof Caller.User user
                ? new Caller.User(user.subject(), user.username(), user.group(), user.vo(), user.properties())
                : caller;
    }

    private static JwtClaims userClaims() {
        UUID jti = UuidV7.at(NOW);
        return TokenClaims.ofUser(
                ISSUER,
                ALICE,
                Optional.empty(),
                Optional.empty(),
                jti,
                TokenClaims.expiry(jti, Duration.ofMinutes(20)));
    }

    @Test
    void tokensSpeakForTheirCaller() {
        UUID jti = UuidV7.at(NOW);
        Instant expires = NOW.plusSeconds(60);

        for (Map.Entry<Caller, JwtClaims> token : Map.<Caller, JwtClaims>of(
                        ALICE, TokenClaims.ofUser(ISSUER, ALICE, Optional.empty(), Optional.empty(), jti, expires),
                        PILOT, TokenClaims.ofPilot(ISSUER, PILOT, jti, expires),
                        JOB, TokenClaims.ofJob(ISSUER, JOB, jti, expires))
                .entrySet()) {
            assertThat(unshown(
                            TokenClaims.caller(verified(Jwts.sign(TokenType.ACCESS, token.getValue(), KEY)), ISSUER)))
                    .isEqualTo(token.getKey());
        }
    }

    @Test
    void aUsersClaimsAreThoseOfDiracx() {
        JwtClaims claims = verified(Jwts.sign(TokenType.ACCESS, userClaims(), KEY));

        assertThat(claims.getClaimsMap())
                .containsOnlyKeys(
                        "sub",
                        "vo",
                        "iss",
                        "aud",
                        "iat",
                        "nbf",
                        "dirac_properties",
                        "jti",
                        "preferred_username",
                        "dirac_group",
                        "exp",
                        "dirac_policies")
                .containsEntry("sub", "demo:a-1")
                .containsEntry("dirac_policies", Map.of())
                .containsEntry("aud", "https://services.test")
                .containsEntry("iat", Instant.parse("2026-11-22T12:00:00Z").getEpochSecond())
                .containsEntry("nbf", Instant.parse("2026-11-22T12:00:00Z").getEpochSecond())
                .containsEntry("exp", Instant.parse("2026-11-22T12:20:00Z").getEpochSecond());
    }

    @Test
    void theHeaderNamesAlgorithmAndKey() throws JoseException {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setCompactSerialization(Jwts.sign(TokenType.ACCESS, userClaims(), KEY));

        assertThat(signature.getAlgorithmHeaderValue()).isEqualTo("Ed25519");
        assertThat(signature.getKeyIdHeaderValue()).isEqualTo("k1");
        assertThat(signature.getHeader("typ")).isEqualTo("at+jwt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"alg\":5}", "{\"alg\":\"Ed25519\",\"kid\":17}", "{\"alg\":\"Ed25519\",\"kid\":[]}", "[]", "5"
            })
    void aHeaderOfWrongTypesIsRefusedAndNoErrorOfOurs(String header) {
        String[] parts = Jwts.sign(TokenType.ACCESS, userClaims(), KEY).split("\\.", -1);
        assertThatThrownBy(() -> verified(encoded(header) + "." + parts[1] + "." + parts[2]))
                .isInstanceOf(InvalidToken.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s=", "%s==", " %s", "%s\n", "%s.", ".%s"})
    void aTokenHasOneSpelling(String form) {
        String token = form.formatted(Jwts.sign(TokenType.ACCESS, userClaims(), KEY));
        assertThatThrownBy(() -> verified(token)).isInstanceOf(InvalidToken.class);
    }

    @Test
    void refusesWhatWeDidNotSign() throws JoseException {
        String token = Jwts.sign(TokenType.ACCESS, userClaims(), KEY);
        String[] parts = token.split("\\.", -1);
        String raised = encoded(decoded(parts[1]).replace("NormalUser", "JobAdministrator"));
        JsonWebSignature symmetric = new JsonWebSignature();
        symmetric.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        symmetric.setKeyIdHeaderValue("k1");
        symmetric.setKey(new HmacKey(KEY.publicKey().getEncoded()));
        symmetric.setPayload(userClaims().toJson());

        for (String forged : new String[] {
            parts[0] + "." + raised + "." + parts[2],
            encoded("{\"alg\":\"none\",\"kid\":\"k1\"}") + "." + parts[1] + ".",
            parts[0] + "." + parts[1] + ".",
            symmetric.getCompactSerialization(),
            Jwts.sign(TokenType.ACCESS, userClaims(), FOREIGN),
            "not.a.token",
            "",
            "x".repeat(20_000)
        }) {
            assertThatThrownBy(() -> verified(forged)).as(forged).isInstanceOf(InvalidToken.class);
        }
        assertThatThrownBy(() -> Jwts.verified(TokenType.ACCESS, token, kid -> Optional.empty(), NOW))
                .hasMessage("Invalid JWT: unknown signing key");
    }

    @Test
    void refusesExpiredTokensToTheSecond() {
        JwtClaims claims = userClaims();
        claims.setExpirationTime(NumericDate.fromSeconds(NOW.getEpochSecond() + 1));
        String token = Jwts.sign(TokenType.ACCESS, claims, KEY);

        assertThat(Jwts.verified(TokenType.ACCESS, token, JwtsTest::keys, NOW)).isNotNull();
        assertThatThrownBy(() -> Jwts.verified(TokenType.ACCESS, token, JwtsTest::keys, NOW.plusMillis(500)))
                .isInstanceOf(ExpiredToken.class)
                .hasMessage("Invalid JWT: expired at " + NOW.plusSeconds(1).truncatedTo(ChronoUnit.SECONDS));
    }

    @Test
    void refusesTokensThatNeverEnd() {
        JwtClaims claims = userClaims();
        claims.unsetClaim("exp");

        assertThatThrownBy(() -> verified(Jwts.sign(TokenType.ACCESS, claims, KEY)))
                .hasMessage("Invalid JWT: without an end");
    }

    @Test
    void refusesTokensOfAnotherIssuerOrWithClaimsMissing() {
        assertThatThrownBy(
                        () -> TokenClaims.caller(userClaims(), new Issuer("https://elsewhere.test", ISSUER.audience())))
                .hasMessage("Invalid JWT: another issuer's");
        for (String claim : new String[] {"sub", "vo", "dirac_group", "preferred_username", "dirac_properties"}) {
            JwtClaims claims = userClaims();
            claims.unsetClaim(claim);
            assertThatThrownBy(() -> TokenClaims.caller(claims, ISSUER))
                    .as(claim)
                    .isInstanceOf(InvalidToken.class);
        }
    }

    @Test
    void refusesTokensForAnotherAudienceOrNone() {
        JwtClaims claims = userClaims();
        for (List<String> audience : List.of(List.of("https://elsewhere.test"), List.<String>of())) {
            claims.setAudience(audience);
            assertThatThrownBy(() -> TokenClaims.caller(claims, ISSUER))
                    .hasMessage("Invalid JWT: for another audience");
        }
        claims.unsetClaim("aud");
        assertThatThrownBy(() -> TokenClaims.caller(claims, ISSUER)).isInstanceOf(InvalidToken.class);
        claims.setAudience("https://elsewhere.test", ISSUER.audience());
        assertThat(unshown(TokenClaims.caller(claims, ISSUER))).isEqualTo(ALICE);
    }

    @Test
    void refusesTokensOfAnotherType() {
        UUID jti = UuidV7.at(NOW);
        String refresh = Jwts.sign(TokenType.REFRESH, TokenClaims.ofRefresh(jti, NOW.plusSeconds(60), false), KEY);

        assertThatThrownBy(() -> verified(refresh)).hasMessage("Invalid JWT: no access token");
        assertThatThrownBy(() -> Jwts.verified(
                        TokenType.REFRESH, Jwts.sign(TokenType.ACCESS, userClaims(), KEY), JwtsTest::keys, NOW))
                .hasMessage("Invalid JWT: no refresh token");
        assertThat(Jwts.verified(TokenType.REFRESH, refresh, JwtsTest::keys, NOW))
                .isNotNull();
    }

    @Test
    void takesTokensOfAClockThatIsALittleAheadAndNoMore() {
        JwtClaims claims = userClaims();
        claims.setNotBefore(NumericDate.fromSeconds(NOW.getEpochSecond() + 30));
        assertThat(verified(Jwts.sign(TokenType.ACCESS, claims, KEY))).isNotNull();

        claims.setNotBefore(NumericDate.fromSeconds(NOW.getEpochSecond() + 31));
        assertThatThrownBy(() -> verified(Jwts.sign(TokenType.ACCESS, claims, KEY)))
                .hasMessage("Invalid JWT: not in force yet");
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
