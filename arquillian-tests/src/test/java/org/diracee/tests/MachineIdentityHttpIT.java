/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs with an identity of their own, and tokens for tokens, over HTTP. */
class MachineIdentityHttpIT {

    private static final String SECRET = "http-test-secret-of-32-random-bytes";
    private static final String SE = "https://se.test:8443";
    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String ACCESS_TYPE = "urn:ietf:params:oauth:token-type:access_token";
    private static final String REFRESH_TYPE = "urn:ietf:params:oauth:token-type:refresh_token";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder BASE64_URL = Base64.getUrlEncoder().withoutPadding();

    private static RunningSystem system;
    private static Http anonymous;
    private static Http alice;
    private static Http root;

    @BeforeAll
    static void start() {
        system = RunningSystem.up();
        anonymous = system.anonymous();
        alice = system.userAnew("alice"); // other tests end sessions of hers
        root = system.user("root");
    }

    private static Answer token(Map<String, String> fields) {
        return anonymous.form("/api/auth/token", fields);
    }

    private static Answer robot(String id, String secret) {
        return token(Map.of("grant_type", "client_credentials", "client_id", id, "client_secret", secret));
    }

    private static Answer forService(Map<String, String> client, String token, String audience, String scope) {
        Map<String, String> fields = new HashMap<>(client);
        fields.putAll(Map.of(
                "grant_type",
                EXCHANGE,
                "subject_token",
                token,
                "subject_token_type",
                ACCESS_TYPE,
                "audience",
                audience,
                "scope",
                scope));
        return token(fields);
    }

    private static Answer toAct(String client, String token, String wanted) {
        return token(Map.of(
                "grant_type",
                EXCHANGE,
                "client_id",
                client,
                "client_secret",
                SECRET,
                "subject_token",
                token,
                "subject_token_type",
                ACCESS_TYPE,
                "requested_token_type",
                wanted));
    }

    private static Map<String, String> publicClient() {
        return Map.of("client_id", RunningSystem.CLIENT);
    }

    private static void refused(Answer answer, int status, String error) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.json().path("error").asText()).as(answer.toString()).isEqualTo(error);
        assertThat(answer.text()).doesNotContain(SECRET);
    }

    private static JsonNode claims(String token) {
        try {
            return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
        } catch (IOException noToken) {
            throw new UncheckedIOException(noToken);
        }
    }

    @Test
    void aRobotLogsInAsItself() {
        Answer answer = robot("http-robot", SECRET);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().path("refresh_token").isNull()).isTrue();
        assertThat(answer.header("Cache-Control")).contains("no-store");
        Http machine = anonymous.as(answer.json().path("access_token").asText());
        JsonNode me = machine.get("/api/auth/userinfo").json();
        assertThat(me.path("preferred_username").asText()).isEqualTo("machine");
        assertThat(me.path("dirac_group").asText()).isEqualTo("demo_machine");
    }

    @Test
    void aRobotLogsInByTheAuthorizationHeader() {
        String both = Base64.getEncoder().encodeToString(("http-robot:" + SECRET).getBytes(StandardCharsets.UTF_8));
        Answer answer = anonymous.send(anonymous
                .request("/api/auth/token")
                .header("Content-Type", Http.FORM)
                .header("Authorization", "Basic " + both)
                .POST(BodyPublishers.ofString("grant_type=client_credentials")));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    @Test
    void aWrongSecretAndAnUnknownClientAreRefusedAlike() {
        Answer wrong = robot("http-robot", "guessed");
        Answer unknown = robot("nobody", "guessed");

        refused(wrong, 401, "invalid_client");
        refused(unknown, 401, "invalid_client");
        assertThat(unknown.detail()).isEqualTo(wrong.detail());
        assertThat(wrong.header("WWW-Authenticate")).contains("Basic realm=\"DIRAC\"");
        refused(robot("http-unapproved", SECRET), 400, "unauthorized_client");
        refused(
                token(Map.of("grant_type", "client_credentials", "client_id", RunningSystem.CLIENT)),
                401,
                "invalid_client");
        refused(
                token(Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        "http-robot",
                        "client_secret",
                        SECRET,
                        "client_assertion",
                        "x.y.z")),
                400,
                "invalid_request");
    }

    @Test
    void anAssertionIsGoodOnceAndForUsAlone() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        String id = "signer-" + JobsHttpIT.unique().replaceAll("[^A-Za-z0-9]", "");
        String section = "/Registry/demo/Clients/" + id + "/";
        ConfigurationCalls configuration = new ConfigurationCalls(root);
        Map<String, String> options = new LinkedHashMap<>();
        options.put(section + "User", "machine");
        options.put(section + "Group", "demo_machine");
        options.put(section + "Keys", jwks((ECPublicKey) pair.getPublic()));
        options.put(section + "Approved", "true");
        assertThat(configuration.commit(ConfigurationCalls.edits(options)).status())
                .isEqualTo(201);
        String us = system.anonymous()
                .get("/.well-known/openid-configuration")
                .json()
                .path("token_endpoint")
                .asText();
        String good = assertion(pair, id, us, Instant.now().plusSeconds(60));

        assertThat(asserted(good).status()).as(asserted("x.y.z").toString()).isEqualTo(200);
        refused(asserted(good), 401, "invalid_client");
        assertThat(asserted(good).detail()).contains("it was used before");
        refused(asserted(assertion(pair, id, us, Instant.now().minusSeconds(1))), 401, "invalid_client");
        refused(
                asserted(assertion(
                        pair, id, "https://elsewhere.test", Instant.now().plusSeconds(60))),
                401,
                "invalid_client");
        refused(
                asserted(assertion(
                        generator.generateKeyPair(), id, us, Instant.now().plusSeconds(60))),
                401,
                "invalid_client");
        assertThat(revoked(Map.of(
                                "client_assertion_type",
                                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                                "client_assertion",
                                assertion(pair, id, us, Instant.now().plusSeconds(60)),
                                "token",
                                "a.gue.ss"))
                        .status())
                .isEqualTo(200);
        Answer removed = root.delete("/api/auth/clients/" + id + "/approval");
        assertThat(removed.status()).as(removed.toString()).isEqualTo(204);
        refused(asserted(assertion(pair, id, us, Instant.now().plusSeconds(60))), 400, "unauthorized_client");
    }

    @Test
    void aUserGetsATokenForOneStorageElementThatIsWorthNothingHere() {
        Answer answer = forService(publicClient(), alice.token(), SE, "storage.read:/demo/x");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().path("issued_token_type").asText()).isEqualTo(ACCESS_TYPE);
        assertThat(answer.json().path("scope").asText()).isEqualTo("storage.read:/demo/x");
        String scoped = answer.json().path("access_token").asText();
        assertThat(claims(scoped).path("aud").asText()).isEqualTo(SE);
        assertThat(claims(scoped).path("wlcg.ver").asText()).isEqualTo("1.0");
        assertThat(anonymous.as(scoped).get("/api/auth/userinfo").status()).isEqualTo(401);
        refused(forService(publicClient(), scoped, SE, "storage.read:/demo/x"), 400, "invalid_request");
        refused(toAct("http-gateway", scoped, ACCESS_TYPE), 400, "invalid_request");
    }

    @ParameterizedTest
    @CsvSource({
        "https://se.test:8443, storage.read:/, invalid_scope",
        "https://se.test:8443, storage.read:/demo2, invalid_scope",
        "https://se.test:8443, storage.read:/demo/../other, invalid_scope",
        "https://se.test:8443, storage.read:/demo%2f..%2fother, invalid_scope",
        "https://se.test:8443, storage.create:/demo/user/b/bob, invalid_scope",
        "https://se.test:8443, property:JobAdministrator, invalid_scope",
        "https://other.test, storage.read:/demo, invalid_target",
    })
    void noTokenAllowsMoreThanTheRegistry(String audience, String scope, String error) {
        refused(forService(publicClient(), alice.token(), audience, scope), 400, error);
    }

    @Test
    void noTokenForAnotherIsForUs() {
        String us = system.anonymous()
                .get("/.well-known/openid-configuration")
                .json()
                .path("issuer")
                .asText();

        refused(forService(publicClient(), alice.token(), us, "storage.read:/demo"), 400, "invalid_target");
    }

    @Test
    void onlyUsersAccessTokensOfOursAreExchanged() {
        Answer session = toAct("http-gateway", alice.token(), REFRESH_TYPE);
        String refresh = session.json().path("refresh_token").asText();
        String pilot = Pilots.started(system, Pilots.unique()).token();

        for (String useless : List.of(refresh, pilot, "x.y.z", alice.token() + "x")) {
            refused(forService(publicClient(), useless, SE, "storage.read:/demo"), 400, "invalid_request");
        }
        Map<String, String> idToken = new HashMap<>(publicClient());
        idToken.putAll(Map.of(
                "grant_type",
                EXCHANGE,
                "subject_token",
                alice.token(),
                "subject_token_type",
                "urn:ietf:params:oauth:token-type:id_token",
                "audience",
                SE,
                "scope",
                "storage.read:/demo"));
        refused(token(idToken), 400, "invalid_request");
    }

    @Test
    void aGatewayActsForItsUserUntilItIsKeptOut() {
        Answer session = toAct("http-gateway", alice.token(), REFRESH_TYPE);
        assertThat(session.status()).as(session.toString()).isEqualTo(200);
        String access = session.json().path("access_token").asText();
        Http acting = anonymous.as(access);

        assertThat(acting.get("/api/auth/userinfo")
                        .json()
                        .path("preferred_username")
                        .asText())
                .isEqualTo("alice");
        assertThat(claims(access).at("/act/sub").asText()).isEqualTo("http-gateway");
        refused(toAct("http-gateway", access, ACCESS_TYPE), 400, "invalid_request");
        refused(toAct("http-robot", alice.token(), ACCESS_TYPE), 400, "unauthorized_client");
        refused(
                token(Map.of(
                        "grant_type",
                        "refresh_token",
                        "client_id",
                        RunningSystem.CLIENT,
                        "refresh_token",
                        session.json().path("refresh_token").asText())),
                401,
                "invalid_grant");
        assertThat(alice.get("/api/auth/clients").status()).isEqualTo(403);
        assertThat(root.get("/api/auth/clients/http-gateway")
                        .json()
                        .path("sessions")
                        .asInt())
                .isPositive();
        try {
            assertThat(root.delete("/api/auth/clients/http-gateway/approval").status())
                    .isEqualTo(204);
            assertThat(acting.get("/api/auth/userinfo").status()).isEqualTo(401);
            refused(toAct("http-gateway", alice.token(), ACCESS_TYPE), 400, "unauthorized_client");
        } finally {
            assertThat(root.send(root.request("/api/auth/clients/http-gateway/approval")
                                    .PUT(BodyPublishers.noBody()))
                            .status())
                    .isEqualTo(204);
        }
        assertThat(toAct("http-gateway", alice.token(), ACCESS_TYPE).status()).isEqualTo(200);
    }

    @Test
    void aClientThatIsDeletedAndRegisteredAnewGetsNoTokenBack() {
        String id = "http-again-" + JobsHttpIT.unique();
        register(id);
        Http before = anonymous.as(robot(id, SECRET).json().path("access_token").asText());
        assertThat(before.get("/api/auth/userinfo").status()).isEqualTo(200);

        Answer deleted = root.delete("/api/auth/clients/" + id + "?message=a+test");
        assertThat(deleted.status()).as(deleted.toString()).isEqualTo(200);
        assertThat(before.get("/api/auth/userinfo").status()).isEqualTo(401);
        assertThat(root.get("/api/auth/clients/" + id).status()).isEqualTo(404);

        register(id);
        try {
            assertThat(before.get("/api/auth/userinfo").status()).isEqualTo(401);
            Answer now = robot(id, SECRET);
            assertThat(now.status()).as(now.toString()).isEqualTo(200);
            assertThat(anonymous
                            .as(now.json().path("access_token").asText())
                            .get("/api/auth/userinfo")
                            .status())
                    .isEqualTo(200);
        } finally {
            root.delete("/api/auth/clients/" + id + "?message=a+test");
        }
    }

    private static void register(String id) {
        Answer registered = root.post("/api/auth/clients", """
                {"client_id":"%s","approved":true,"user":"machine","group":"demo_machine","grants":["client_credentials"],
                "secret_hash":"ccdbcff6d6aed635fff27fa75f86f75e6f9c180a642766c4944339ebd47fffea","message":"a test"}""".formatted(id));
        assertThat(registered.status()).as(registered.toString()).isEqualTo(200);
    }

    @Test
    void aClientThatProvesWhoItIsGivesUpSessionsOfItsOwn() {
        String token = toAct("http-gateway", alice.token(), REFRESH_TYPE)
                .json()
                .path("refresh_token")
                .asText();

        refused(revoked(Map.of("client_id", RunningSystem.CLIENT, "token", token)), 401, "invalid_grant");
        refused(revoked(Map.of("client_id", "http-gateway", "token", token)), 401, "invalid_client");
        refused(
                revoked(Map.of("client_id", "http-gateway", "client_secret", "guessed", "token", token)),
                401,
                "invalid_client");
        refused(
                revoked(Map.of("client_id", "http-robot", "client_secret", SECRET, "token", token)),
                401,
                "invalid_grant");
        Map<String, String> own = Map.of("client_id", "http-gateway", "client_secret", SECRET, "token", token);
        assertThat(revoked(own).status()).isEqualTo(200);
        assertThat(revoked(own).status()).isEqualTo(200);
        refused(
                token(Map.of(
                        "grant_type",
                        "refresh_token",
                        "client_id",
                        "http-gateway",
                        "client_secret",
                        SECRET,
                        "refresh_token",
                        token)),
                401,
                "invalid_grant");
    }

    private static Answer revoked(Map<String, String> fields) {
        return anonymous.form("/api/auth/revoke", fields);
    }

    @Test
    void aClientThatAsksTooOftenIsToldWhenToComeAgain() {
        ConfigurationCalls configuration = new ConfigurationCalls(root);
        String section = "/Operations/demo/Services/API/RateLimits/";
        assertThat(configuration
                        .commit(ConfigurationCalls.edits(
                                Map.of(section + "TokensOfClientRate", "0.1", section + "TokensOfClientBurst", "2")))
                        .status())
                .isEqualTo(201);
        try {
            Answer last = robot("http-robot", SECRET);
            for (int request = 0; request < 3 && last.status() == 200; request++) {
                last = robot("http-robot", SECRET);
            }
            assertThat(last.status()).isEqualTo(429);
            assertThat(Integer.parseInt(last.header("Retry-After").orElseThrow()))
                    .isBetween(1, 11);
            assertThat(last.header("RateLimit-Policy")).contains("\"tokens-of-client\";q=2;w=20");
            assertThat(last.header("RateLimit").orElseThrow()).startsWith("\"tokens-of-client\";r=0;t=");
            refused(robot("http-robot", "guessed"), 401, "invalid_client");
        } finally {
            configuration.commit(ConfigurationCalls.edits(
                    Map.of(section + "TokensOfClientRate", "0", section + "TokensOfClientBurst", "1")));
        }
        assertThat(robot("http-robot", SECRET).status()).isEqualTo(200);
    }

    @Test
    void secretsLetPilotsInThatNobodyHasSubmitted() {
        assertThat(alice.post("/api/pilots/secrets", "{\"n\":1,\"vo\":\"demo\"}")
                        .status())
                .isEqualTo(403);
        Answer made = root.post("/api/pilots/secrets", "{\"n\":1,\"vo\":\"demo\",\"pilot_secret_use_count_max\":2}");
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        String secret = made.json().at("/0/pilot_secret").asText();
        assertThat(root.patch("/api/pilots/secrets", "{\"" + secret + "\":{\"Sites\":[\"DIRAC.Vac.test\"]}}")
                        .status())
                .isEqualTo(204);
        String stamp = UUID.randomUUID().toString().replace("-", "");

        String request = "{\"pilot_stamp\":\"" + stamp + "\",\"pilot_secret\":\"" + secret
                + "\",\"vo\":\"demo\",\"grid_type\":\"Vac\",\"grid_site\":\"%s\",\"status\":\"Running\"}";
        assertThat(anonymous
                        .post("/api/auth/secret-exchange", request.formatted("DIRAC.Other.test"))
                        .status())
                .isEqualTo(401);
        Answer pilot = anonymous.post("/api/auth/secret-exchange", request.formatted("DIRAC.Vac.test"));
        assertThat(pilot.status()).as(pilot.toString()).isEqualTo(200);
        assertThat(anonymous
                        .as(pilot.json().path("access_token").asText())
                        .get("/api/pilots/internal/pilotinfo")
                        .json()
                        .path("pilot_stamp")
                        .asText())
                .isEqualTo(stamp);
        assertThat(anonymous
                        .post("/api/auth/secret-exchange", request.formatted("DIRAC.Vac.test"))
                        .detail())
                .isEqualTo("bad pilot_stamp");
    }

    @Test
    void theDiscoveryDocumentTellsOfAllThis() {
        JsonNode document = anonymous.get("/.well-known/openid-configuration").json();

        assertThat(document.path("grant_types_supported").toString()).contains("client_credentials", EXCHANGE);
        assertThat(document.path("token_endpoint_auth_methods_supported").toString())
                .contains("none", "client_secret_basic", "client_secret_post", "private_key_jwt")
                .isEqualTo(document.path("revocation_endpoint_auth_methods_supported")
                        .toString());
    }

    private static Answer asserted(String assertion) {
        return token(Map.of(
                "grant_type",
                "client_credentials",
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion",
                assertion));
    }

    private static String assertion(KeyPair pair, String id, String audience, Instant expires)
            throws GeneralSecurityException {
        String text = encoded("{\"alg\":\"ES256\"}") + "."
                + encoded("{\"iss\":\"" + id + "\",\"sub\":\"" + id + "\",\"aud\":\"" + audience + "\",\"exp\":"
                        + expires.getEpochSecond() + ",\"jti\":\"" + UUID.randomUUID() + "\"}");
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(pair.getPrivate());
        signature.update(text.getBytes(StandardCharsets.US_ASCII));
        return text + "." + BASE64_URL.encodeToString(signature.sign());
    }

    private static String jwks(ECPublicKey key) {
        return "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\""
                + coordinate(key.getW().getAffineX()) + "\",\"y\":\""
                + coordinate(key.getW().getAffineY()) + "\"}]}";
    }

    private static String coordinate(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[32];
        int length = Math.min(bytes.length, 32);
        System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
        return BASE64_URL.encodeToString(fixed);
    }

    private static String encoded(String text) {
        return BASE64_URL.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
