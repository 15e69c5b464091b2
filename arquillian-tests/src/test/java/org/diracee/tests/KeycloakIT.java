/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Two VOs whose members log in at two realms of a real Keycloak, brought by {@code testbed/keycloak.sh}. */
@Tag("real")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeycloakIT {

    private static final String CLIENT = "myDIRACClientID";
    private static final String BACK = "https://portal.kca.test/back";
    private static final String SE = "https://se.test:8443";
    private static final String VERIFIER = "the-secret-half-of-a-challenge-0123456789abcdef";

    /** What {@code keycloak.sh} makes of the sentence "alice of REALM", so that the registry can know it before. */
    private static String aliceOf(String realm) {
        byte[] hash = sha256("alice of " + realm);
        String hex = java.util.HexFormat.of().formatHex(hash);
        return hex.replaceFirst("^(.{8})(.{4})(.{4})(.{4})(.{12}).*$", "$1-$2-$3-$4-$5");
    }

    static RunningSystem system;
    static Keycloak keycloak;

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @BeforeAll
    static void start() {
        system = RunningSystem.up();
        keycloak = Keycloak.of(system.base(), "kca", "kcb");
        commit("""
                Systems
                {
                  Framework
                  {
                    Services
                    {
                      Token
                      {
                        RedirectURIs = https://portal.test/back, %s
                      }
                    }
                  }
                }
                """.formatted(BACK));
        commit(vo("kca", "refuse", "ClientID = dirac"));
        commit(vo("kcb", "group-claim", "ClientID = dirac"));
    }

    @AfterAll
    static void stop() {
        if (keycloak != null) {
            keycloak.close();
        }
    }

    private static String vo(String name, String registration, String client) {
        return """
                Registry
                {
                  %1$s
                  {
                    DefaultGroup = %1$s_user
                    IdP
                    {
                      URL = %2$s
                      %5$s
                      Audience = dirac-api
                      Registration = %3$s
                      AllowLoopbackHTTP = yes
                    }
                    Users
                    {
                      %4$s
                      {
                        PreferedUsername = alice
                      }
                    }
                    Groups
                    {
                      %1$s_user
                      {
                        Properties = NormalUser
                        Users = %4$s
                      }
                      %1$s_prod
                      {
                        Properties = NormalUser, ProductionManagement
                        IdPRole = /prod
                      }
                    }
                  }
                }
                """.formatted(name, keycloak.issuer(name), registration, aliceOf(name), client);
    }

    private static void commit(String document) {
        ObjectNode commit = new ObjectMapper().createObjectNode();
        commit.put(
                "base",
                system.user("root")
                        .get("/api/config/revisions")
                        .json()
                        .at("/revisions/0/revision")
                        .asLong());
        commit.put("message", "for the tests");
        commit.put("document", document);
        commit.put("mode", "merge");
        Answer answer = system.user("root").post("/api/config/revisions", commit.toString());
        assertThat(answer.status()).as(answer.toString()).isIn(200, 201);
    }

    /** Goes to this route of ours with a browser's cookies and headers. */
    private static Answer browse(URI address, String cookie) {
        var request = system.anonymous()
                .request(address.getRawPath() + "?" + address.getRawQuery())
                .header("Accept", "text/html,application/xhtml+xml")
                .GET();
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        return system.anonymous().send(request);
    }

    private static String cookie(Answer answer) {
        return answer.header("Set-Cookie").orElseThrow().split(";", 2)[0];
    }

    private static URI location(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isIn(303, 307);
        return URI.create(answer.header("Location").orElseThrow());
    }

    private static JsonNode device(String scope) {
        Answer started = system.anonymous()
                .send(system.anonymous()
                        .request("/api/auth/device?client_id=" + CLIENT + "&scope=" + Http.encoded(scope))
                        .POST(BodyPublishers.noBody()));
        assertThat(started.status()).as(started.toString()).isEqualTo(200);
        return started.json();
    }

    /** Opens the link, which alone does nothing, and presses the button. */
    private static Answer toProvider(JsonNode device) {
        Answer page = browse(URI.create(device.path("verification_uri_complete").asText()), "");
        assertThat(page.status()).as(page.toString()).isEqualTo(200);
        assertThat(page.text()).contains("Continue at", device.path("user_code").asText());
        return Approval.press(system.anonymous(), page, "/api/auth/device/approval");
    }

    /** Approves the device as a person with a browser; the last answer. */
    private static Answer approve(JsonNode device, String person) {
        Answer sent = toProvider(device);
        return browse(keycloak.logIn(location(sent), person), cookie(sent));
    }

    private static Answer tokens(JsonNode device) {
        return system.anonymous()
                .form(
                        "/api/auth/token",
                        Map.of(
                                "grant_type",
                                "urn:ietf:params:oauth:grant-type:device_code",
                                "client_id",
                                CLIENT,
                                "device_code",
                                device.path("device_code").asText()));
    }

    private static JsonNode whoAmI(String token) {
        Answer answer = system.anonymous().as(token).get("/api/auth/userinfo");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private static int status(String token) {
        return system.anonymous().as(token).get("/api/auth/userinfo").status();
    }

    private static String accessToken(String realm, String client, String person) {
        return keycloak.tokens(realm, client, person).path("access_token").asText();
    }

    @Test
    @Order(1)
    void membersOfBothVosApproveDevicesAtTheirProvider() {
        for (String vo : new String[] {"kca", "kcb"}) {
            JsonNode device = device("vo:" + vo);

            Answer end = approve(device, "alice");

            assertThat(location(end).getPath()).isEqualTo("/api/auth/device/complete/finished");
            assertThat(system.anonymous().get(location(end).getPath()).text()).contains("Please close the window");
            JsonNode me = whoAmI(tokens(device).json().path("access_token").asText());
            assertThat(me.path("vo").asText()).isEqualTo(vo);
            assertThat(me.path("sub").asText()).isEqualTo(vo + ":" + aliceOf(vo));
            assertThat(me.path("preferred_username").asText()).isEqualTo("alice");
        }
    }

    @Test
    @Order(1)
    void theWayBackIsGoodOnceAndInOneBrowser() {
        JsonNode device = device("vo:kca");
        Answer sent = toProvider(device);
        URI back = keycloak.logIn(location(sent), "alice");

        assertThat(browse(back, "").status()).isEqualTo(400);
        assertThat(browse(back, "__Host-dirac-browser=" + "x".repeat(43)).status())
                .isEqualTo(400);
        assertThat(browse(back, cookie(sent)).status()).isEqualTo(307);
        Answer again = browse(back, cookie(sent));
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.text()).contains("Invalid state");
        assertThat(again.header("Content-Type").orElse("")).startsWith("text/html");
    }

    @Test
    @Order(1)
    void strangersAreRefusedOrRegisteredAsTheVoSays() {
        Answer refused = approve(device("vo:kca"), "nora");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).contains("not registered in the VO kca");

        JsonNode device = device("vo:kcb group:kcb_prod");
        assertThat(approve(device, "nora").status()).isEqualTo(307);
        JsonNode nora = whoAmI(tokens(device).json().path("access_token").asText());
        assertThat(nora.path("preferred_username").asText()).isEqualTo("nora");
        assertThat(nora.path("dirac_group").asText()).isEqualTo("kcb_prod");
        JsonNode latest =
                system.user("root").get("/api/config/revisions").json().at("/revisions/0");
        assertThat(latest.toString()).contains("\"author\":\"system\"", "First log-in at the identity provider");
    }

    @Test
    @Order(1)
    void programsInBrowsersGetACodeForTheirTokens() {
        String challenge = Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(VERIFIER));
        URI authorize = URI.create(system.base() + "/api/auth/authorize?response_type=code&client_id=" + CLIENT
                + "&redirect_uri=" + Http.encoded(BACK) + "&scope=" + Http.encoded("vo:kca") + "&state=abc"
                + "&code_challenge=" + challenge + "&code_challenge_method=S256");
        Answer sent = browse(authorize, "");

        URI program = location(browse(keycloak.logIn(location(sent), "alice"), cookie(sent)));

        assertThat(program.toString()).startsWith(BACK + "?code=").endsWith("&state=abc");
        String code = program.getRawQuery().replaceFirst("^code=", "").replaceFirst("&.*", "");
        Map<String, String> form = Map.of(
                "grant_type",
                "authorization_code",
                "client_id",
                CLIENT,
                "code",
                code,
                "redirect_uri",
                BACK,
                "code_verifier",
                VERIFIER);
        Answer tokens = system.anonymous().form("/api/auth/token", form);
        assertThat(tokens.status()).as(tokens.toString()).isEqualTo(200);
        assertThat(whoAmI(tokens.json().path("access_token").asText())
                        .path("vo")
                        .asText())
                .isEqualTo("kca");
        Answer again = system.anonymous().form("/api/auth/token", form);
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.detail()).isEqualTo("Code was already used");

        String query = authorize.getRawQuery();
        assertThat(authorizeStatus(query.replace("portal.kca.test", "evil.test")))
                .isEqualTo(400);
        assertThat(authorizeStatus(query.replace(CLIENT, "other"))).isEqualTo(400);
        assertThat(authorizeStatus(query.replace("S256", "plain"))).isEqualTo(422);
        assertThat(authorizeStatus(query.replace("response_type=code", "response_type=token")))
                .isEqualTo(422);
        assertThat(authorizeStatus(query.replace("vo%3Akca", "vo%3Anobody"))).isEqualTo(400);
    }

    private static int authorizeStatus(String query) {
        return system.anonymous().get("/api/auth/authorize?" + query).status();
    }

    @Test
    @Order(1)
    void accessTokensOfTheProviderCountOnTheApiAndNothingElseOfIt() {
        JsonNode robot = keycloak.tokens("kca", "robot", "alice");
        JsonNode me = whoAmI(robot.path("access_token").asText());
        assertThat(me.path("vo").asText()).isEqualTo("kca");
        assertThat(me.path("dirac_group").asText()).isEqualTo("kca_user");

        assertThat(status(robot.path("id_token").asText())).as("ID token").isEqualTo(401);
        assertThat(status(robot.path("refresh_token").asText()))
                .as("refresh token")
                .isEqualTo(401);
        assertThat(status(accessToken("kca", "elsewhere", "alice")))
                .as("other audience")
                .isEqualTo(401);
        assertThat(status(accessToken("kca", "robot", "nora")))
                .as("not registered")
                .isEqualTo(401);
        assertThat(whoAmI(accessToken("kcb", "robot", "alice")).path("vo").asText())
                .isEqualTo("kcb");
        String[] parts = robot.path("access_token").asText().split("\\.");
        String[] other = accessToken("kcb", "robot", "alice").split("\\.");
        assertThat(status(parts[0] + "." + parts[1] + "." + other[2]))
                .as("other VO's signature")
                .isEqualTo(401);
        assertThat(status(other[0] + "." + parts[1] + "." + other[2]))
                .as("other VO's key")
                .isEqualTo(401);
    }

    @Test
    @Order(2)
    void confidentialClientsProveThemselvesByASecretOfTheServer() {
        system.credential("keycloak", keycloak.secret());
        commit(vo("kca", "refuse", "ClientID = dirac-confidential\n      ClientSecret = credential:keycloak"));
        try {
            JsonNode device = device("vo:kca");
            assertThat(approve(device, "alice").status()).isEqualTo(307);
            assertThat(tokens(device).status()).isEqualTo(200);
        } finally {
            commit(vo("kca", "refuse", "ClientID = dirac\n      ClientSecret = "));
        }
    }

    @Test
    @Order(2)
    void whoJoinsOrLeavesAGroupAtTheProviderDoesSoHereAtTheNextLogIn() {
        assertThat(approve(device("vo:kcb group:kcb_prod"), "alice").status()).isEqualTo(403);
        keycloak.member("kcb", "alice", true);

        JsonNode device = device("vo:kcb group:kcb_prod");
        assertThat(approve(device, "alice").status()).isEqualTo(307);
        assertThat(whoAmI(tokens(device).json().path("access_token").asText())
                        .path("dirac_group")
                        .asText())
                .isEqualTo("kcb_prod");

        keycloak.member("kcb", "alice", false);
        assertThat(approve(device("vo:kcb group:kcb_prod"), "alice").status()).isEqualTo(403);
        assertThat(approve(device("vo:kcb"), "alice").status()).isEqualTo(307);
    }

    @Test
    @Order(2)
    void aSessionIsExchangedAtTheProviderForATokenForAStorageElement() {
        system.credential("keycloak", keycloak.secret());
        keycloak.scope("kca", "dirac-exchange", "storage.read:/kca");
        commit("""
                Registry
                {
                  kca
                  {
                    ScopedTokens
                    {
                      kca_user
                      {
                        Audiences = %s, https://other-se.test
                        Scopes = storage.read:/kca, storage.read:/elsewhere
                      }
                    }
                  }
                }
                """.formatted(SE));
        commit(vo("kca", "refuse", """
                ClientID = dirac-exchange
                      ClientSecret = credential:keycloak
                      Scope = openid profile offline_access
                      TokenExchange = yes"""));
        String session;
        try {
            JsonNode device = device("vo:kca");
            assertThat(approve(device, "alice").status()).isEqualTo(307);
            session = tokens(device).json().path("access_token").asText();

            Answer given = exchange(session, SE, "storage.read:/kca");
            assertThat(given.status()).as(given.toString()).isEqualTo(200);
            JsonNode claims = claims(given);
            assertThat(claims.path("iss").asText()).isEqualTo(keycloak.issuer("kca"));
            assertThat(claims.path("aud").asText()).isEqualTo(SE);
            assertThat(claims.path("sub").asText()).isEqualTo(aliceOf("kca"));
            assertThat(claims.path("scope").asText()).isEqualTo("storage.read:/kca");
            assertThat(status(given.json().path("access_token").asText())).isEqualTo(401);

            // what the registry would allow, and the provider does not
            assertThat(exchange(session, "https://other-se.test", "storage.read:/kca")
                            .status())
                    .isBetween(400, 403);
            assertThat(exchange(session, SE, "storage.read:/elsewhere").status())
                    .isBetween(400, 403);
        } finally {
            commit(vo("kca", "refuse", """
                    ClientID = dirac
                          ClientSecret =
                          Scope = openid profile
                          TokenExchange = no"""));
        }
        Answer ours = exchange(session, SE, "storage.read:/kca");
        assertThat(ours.status()).as(ours.toString()).isEqualTo(200);
        assertThat(claims(ours).path("iss").asText()).isNotEqualTo(keycloak.issuer("kca"));
        assertThat(claims(ours).path("aud").asText()).isEqualTo(SE);
    }

    private static Answer exchange(String session, String audience, String scope) {
        return system.anonymous()
                .form(
                        "/api/auth/token",
                        Map.of(
                                "grant_type",
                                "urn:ietf:params:oauth:grant-type:token-exchange",
                                "client_id",
                                CLIENT,
                                "subject_token",
                                session,
                                "subject_token_type",
                                "urn:ietf:params:oauth:token-type:access_token",
                                "audience",
                                audience,
                                "scope",
                                scope));
    }

    private static JsonNode claims(Answer answer) {
        try {
            return new ObjectMapper()
                    .readTree(Base64.getUrlDecoder()
                            .decode(answer.json().path("access_token").asText().split("\\.", -1)[1]));
        } catch (java.io.IOException noToken) {
            throw new java.io.UncheckedIOException(noToken);
        }
    }

    @Test
    @Order(3)
    void aNewKeyOfTheProviderIsFound() {
        assertThat(status(accessToken("kca", "robot", "alice"))).isEqualTo(200);
        keycloak.rotate("kca");
        org.awaitility.Awaitility.await("the new key")
                .atMost(java.time.Duration.ofSeconds(30))
                .until(() -> status(accessToken("kca", "robot", "alice")) == 200);
        JsonNode device = device("vo:kca");
        assertThat(approve(device, "alice").status()).isEqualTo(307);
    }

    @Test
    @Order(4)
    void whileTheProviderIsDownItsTokensCountAndLogInsFailWithAWord() {
        String token = accessToken("kcb", "robot", "alice");
        assertThat(status(token)).isEqualTo(200);
        JsonNode device = device("vo:kcb");
        Answer sent = toProvider(device);
        URI back = keycloak.logIn(location(sent), "alice");
        keycloak.stop();
        try {
            assertThat(status(token)).isEqualTo(200);
            Answer page = browse(back, cookie(sent));
            assertThat(page.status()).isEqualTo(502);
            assertThat(page.text()).contains("The log-in is not possible for now", "VO kcb");
            assertThat(tokens(device).json().path("error").asText()).isEqualTo("authorization_pending");
        } finally {
            keycloak.start();
        }
        assertThat(approve(device, "alice").status()).isEqualTo(307);
    }
}
