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
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What DiracX's clients and its web rely on in the log-in, one test for each row of the reference. What needs a provider is in {@link
 * KeycloakIT}, what needs the genuine client in {@link DiracxClientIT}, the life of refresh tokens in the framework's own tests.
 *
 * @see "DiracX REST reference 2 to 5"
 */
class DiracxAuthConformanceHttpIT {

    private static final String DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";

    static RunningSystem system;
    static Http anonymous;
    static Http alice;

    @BeforeAll
    static void connect() {
        system = RunningSystem.up();
        anonymous = system.anonymous();
        alice = system.user("alice");
    }

    private static JsonNode claims(String token) {
        return part(token, 1);
    }

    private static JsonNode part(String token, int number) {
        try {
            return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[number]));
        } catch (IOException noJson) {
            throw new UncheckedIOException(noJson);
        }
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static Answer device(String query) {
        return anonymous.send(anonymous.request("/api/auth/device" + query).POST(BodyPublishers.noBody()));
    }

    private static String query(String scope) {
        return "?client_id=" + RunningSystem.CLIENT + "&scope=" + Http.encoded(scope);
    }

    private static Answer exchange(String deviceCode) {
        return anonymous.form(
                "/api/auth/token",
                Map.of("grant_type", DEVICE_GRANT, "client_id", RunningSystem.CLIENT, "device_code", deviceCode));
    }

    private static JsonNode logIn(String scope, String user) {
        JsonNode flow = device(query(scope)).json();
        Approval.approve(anonymous, flow.path("verification_uri_complete").asText(), user, "pw-" + user);
        Answer tokens = exchange(flow.path("device_code").asText());
        assertThat(tokens.status()).as(tokens.toString()).isEqualTo(200);
        return tokens.json();
    }

    private static Answer refresh(String token) {
        return anonymous.form(
                "/api/auth/token",
                Map.of("grant_type", "refresh_token", "client_id", RunningSystem.CLIENT, "refresh_token", token));
    }

    @Nested
    class Discovery {

        private final JsonNode document =
                anonymous.get("/.well-known/openid-configuration").json();

        @ParameterizedTest
        @CsvSource({
            "token_endpoint, /api/auth/token",
            "userinfo_endpoint, /api/auth/userinfo",
            "authorization_endpoint, /api/auth/authorize",
            "device_authorization_endpoint, /api/auth/device",
            "revocation_endpoint, /api/auth/revoke",
            "jwks_uri, /.well-known/jwks.json"
        })
        void namesTheEndpointsAbsolutely(String member, String path) {
            assertThat(document.path(member).asText()).isEqualTo(system.base() + path);
        }

        @Test
        void namesWhatIsSupported() {
            assertThat(document.path("issuer").asText())
                    .isEqualTo(claims(alice.token()).path("iss").asText());
            assertThat(texts(document.path("grant_types_supported"))).contains("authorization_code", DEVICE_GRANT);
            assertThat(texts(document.path("response_types_supported"))).containsExactly("code");
            assertThat(texts(document.path("code_challenge_methods_supported"))).containsExactly("S256");
            assertThat(texts(document.path("token_endpoint_auth_methods_supported")))
                    .contains("none");
            assertThat(texts(document.path("token_endpoint_auth_signing_alg_values_supported")))
                    .contains("Ed25519");
            assertThat(texts(document.path("scopes_supported")))
                    .contains(
                            "vo:demo",
                            "group:demo_user",
                            "group:demo_admin",
                            "property:NormalUser",
                            "property:GenericPilot");
        }

        @Test
        void publishesKeysWithoutTheirPrivateParts() {
            JsonNode keys = anonymous.get("/.well-known/jwks.json").json().path("keys");

            assertThat(keys).isNotEmpty();
            assertThat(keys.toString()).doesNotContain("\"d\":");
            String kid = part(alice.token(), 0).path("kid").asText();
            assertThat(keys).anySatisfy(key -> {
                assertThat(key.path("kid").asText()).isEqualTo(kid);
                assertThat(key.path("kty").asText()).isEqualTo("OKP");
                assertThat(key.path("crv").asText()).isEqualTo("Ed25519");
                assertThat(key.path("alg").asText()).isEqualTo("Ed25519");
                assertThat(texts(key.path("key_ops"))).contains("sign");
            });
        }

        @Test
        void describesVosAndGroups() {
            JsonNode demo = anonymous.get("/.well-known/dirac-metadata").json().at("/virtual_organizations/demo");

            assertThat(demo.path("default_group").asText()).isEqualTo("demo_user");
            assertThat(texts(demo.at("/groups/demo_admin/properties")))
                    .isSorted()
                    .contains("JobAdministrator");
            assertThat(demo.path("support").fieldNames()).toIterable().contains("message", "webpage", "email");
        }

        @Test
        void givesTheSecurityContactAsAJsonText() {
            JsonNode text = anonymous.get("/.well-known/security.txt").json();

            assertThat(text.isTextual()).isTrue();
            assertThat(text.asText()).contains("Contact:", "Expires:", "Preferred-Languages:");
        }
    }

    @Nested
    class Scopes {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "group:demo_user",
                    "vo:demo vo:other",
                    "vo:none",
                    "vo:demo group:none",
                    "vo:demo group:other_user",
                    "vo:demo group:demo_user group:demo_admin",
                    "vo:demo property:None",
                    "vo:demo openid",
                    "vo:demo profile",
                    "demo"
                })
        void areRefusedUnlessOfTheGrammar(String scope) {
            Answer answer = device(query(scope));

            assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
            assertThat(answer.detail()).isNotBlank();
        }

        @Test
        void withoutAVoNameThePossibleOnes() {
            assertThat(device(query("group:demo_user")).detail()).contains("demo", "other");
        }

        @Test
        void takeTheDefaultGroupAndItsProperties() {
            JsonNode claims =
                    claims(logIn("vo:demo", "alice").path("access_token").asText());

            assertThat(claims.path("dirac_group").asText()).isEqualTo("demo_user");
            assertThat(texts(claims.path("dirac_properties"))).containsExactly("NormalUser");
        }

        @Test
        void addPropertiesThatOneOfTheGroupsOfThePersonHas() {
            JsonNode claims = claims(logIn("property:JobAdministrator group:demo_user vo:demo", "root")
                    .path("access_token")
                    .asText());

            assertThat(texts(claims.path("dirac_properties"))).contains("NormalUser", "JobAdministrator");
        }

        @Test
        void withAPropertyThatThePersonDoesNotHaveGiveNoTokens() {
            JsonNode flow = device(query("vo:demo property:JobAdministrator")).json();
            Answer page = Approval.submit(
                    anonymous, flow.path("verification_uri_complete").asText(), "alice", "pw-alice");
            Answer tokens = exchange(flow.path("device_code").asText());

            assertThat(page.status()).as(page.toString()).isEqualTo(403);
            assertThat(page.text()).contains("JobAdministrator");
            assertThat(tokens.json().path("error").asText()).isEqualTo("access_denied");
        }
    }

    @Nested
    class Tokens {

        @Test
        void haveDiracxsClaims() {
            JsonNode answer = logIn("vo:demo", "alice");
            JsonNode access = claims(answer.path("access_token").asText());
            JsonNode refresh = claims(answer.path("refresh_token").asText());

            assertThat(answer.path("token_type").asText()).isEqualTo("Bearer");
            assertThat(answer.path("expires_in").asInt()).isBetween(1, 1200);
            assertThat(access.path("sub").asText()).isEqualTo("demo:a-1");
            assertThat(access.path("vo").asText()).isEqualTo("demo");
            assertThat(access.path("preferred_username").asText()).isEqualTo("alice");
            assertThat(access.path("dirac_policies").isObject()).isTrue();
            assertThat(UUID.fromString(access.path("jti").asText()).version()).isEqualTo(7);
            assertThat(Instant.ofEpochSecond(access.path("exp").asLong()))
                    .isBetween(Instant.now().plusSeconds(1080), Instant.now().plusSeconds(1210));
            assertThat(UUID.fromString(refresh.path("jti").asText()).version()).isEqualTo(7);
            assertThat(refresh.path("legacy_exchange").isBoolean()).isTrue();
            assertThat(refresh.path("dirac_policies").isObject()).isTrue();
            assertThat(refresh.has("sub")).isFalse();
        }
    }

    @Nested
    class TheDeviceRoute {

        @Test
        void answersWithCodesAndAddresses() {
            Answer answer = device(query("vo:demo"));

            assertThat(answer.status()).isEqualTo(200);
            JsonNode flow = answer.json();
            String code = flow.path("user_code").asText();
            assertThat(code).matches("[BCDFGHJKLMNPQRSTVWXZ]{8}");
            assertThat(flow.path("device_code").asText()).matches("[A-Za-z0-9_-]{43,}");
            assertThat(flow.path("expires_in").asInt()).isEqualTo(600);
            assertThat(flow.path("verification_uri").asText()).isEqualTo(system.base() + "/api/auth/device");
            assertThat(flow.path("verification_uri_complete").asText())
                    .isEqualTo(system.base() + "/api/auth/device?user_code=" + code);
        }

        @ParameterizedTest
        @CsvSource({
            "?client_id=other&scope=vo:demo, 400",
            "?scope=vo:demo, 422",
            "?client_id=myDIRACClientID, 422",
            "'', 422"
        })
        void refuses(String query, int status) {
            assertThat(device(query).status()).isEqualTo(status);
        }

        @Test
        void endsOnAPageThatSaysSo() {
            Answer page = anonymous.get("/api/auth/device/complete/finished");

            assertThat(page.status()).isEqualTo(200);
            assertThat(page.header("Content-Type").orElse("")).startsWith("text/html");
            assertThat(page.text()).contains("Please close the window");
        }

        @Test
        void knowsNoOtherUserCode() {
            assertThat(anonymous.get("/api/auth/device?user_code=BBBBBBBB").status())
                    .isEqualTo(400);
        }
    }

    @Nested
    class TheTokenRoute {

        @Test
        void isPendingUntilSomebodyApproves() {
            Answer answer =
                    exchange(device(query("vo:demo")).json().path("device_code").asText());

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().path("error").asText()).isEqualTo("authorization_pending");
            assertThat(answer.header("Content-Type").orElse("")).startsWith("application/json");
        }

        @Test
        void givesTokensForACodeOnce() {
            JsonNode flow = device(query("vo:demo")).json();
            Approval.approve(anonymous, flow.path("verification_uri_complete").asText(), "alice", "pw-alice");
            String code = flow.path("device_code").asText();

            assertThat(exchange(code).status()).isEqualTo(200);
            Answer again = exchange(code);
            assertThat(again.status()).isEqualTo(400);
            assertThat(again.detail()).isEqualTo("Code was already used");
        }

        @ParameterizedTest
        @CsvSource({
            "client_id, other, Bad client_id",
            "redirect_uri, https://portal.test/other, Invalid redirect_uri",
            "code_verifier, vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv, Invalid code_challenge"
        })
        void namesWhatDiffersFromTheBeginning(String field, String value, String detail) {
            CodeFlow flow = CodeFlow.of(system, "vo:demo");
            String code = CodeFlow.code(flow.page().submit("alice", "pw-alice", "approve"));
            Answer answer = flow.exchange(Map.of("code", code, field, value));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.detail()).isEqualTo(detail);
        }

        @ParameterizedTest
        @CsvSource({
            "authorization_code, code",
            "urn:ietf:params:oauth:grant-type:device_code, device_code",
            "refresh_token, refresh_token"
        })
        void saysWhichFieldIsMissing(String grant, String field) {
            Answer answer =
                    anonymous.form("/api/auth/token", Map.of("grant_type", grant, "client_id", RunningSystem.CLIENT));

            assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
            assertThat(answer.json().path("error").asText()).isEqualTo("invalid_request");
            assertThat(answer.detail()).contains(field);
        }

        @Test
        void refusesWhatIsNoRefreshToken() {
            Answer answer = refresh("x.y.z");

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).isPresent();
        }

        @Test
        void rotatesRefreshTokensAndEndsAllSessionsOfWhoUsesOneTwice() {
            JsonNode first = logIn("vo:other", "carol");
            JsonNode other = logIn("vo:other", "carol");
            Answer second = refresh(first.path("refresh_token").asText());
            assertThat(second.status()).isEqualTo(200);
            String replaced = second.json().path("refresh_token").asText();
            assertThat(replaced).isNotEqualTo(first.path("refresh_token").asText());
            assertThat(claims(replaced).path("exp").asLong())
                    .as("a session ends when it would have")
                    .isEqualTo(claims(first.path("refresh_token").asText())
                            .path("exp")
                            .asLong());

            Answer reuse = refresh(first.path("refresh_token").asText());
            assertThat(reuse.status()).isEqualTo(401);
            assertThat(reuse.detail()).contains("reuse detected");
            for (String token : List.of(replaced, other.path("refresh_token").asText())) {
                assertThat(refresh(token).status()).isEqualTo(401);
            }
        }
    }

    @Nested
    class TheRevokeRoute {

        @ParameterizedTest
        @ValueSource(strings = {"nonsense", "a.b.c"})
        void saysYesAlsoToWhatIsNoToken(String token) {
            Answer answer = anonymous.form("/api/auth/revoke", Map.of("token", token));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().asText()).isEqualTo("Refresh token revoked");
        }

        @Test
        void endsASession() {
            String token = logIn("vo:demo", "bob").path("refresh_token").asText();
            assertThat(anonymous
                            .form("/api/auth/revoke", Map.of("token", token, "token_type_hint", "refresh_token"))
                            .status())
                    .isEqualTo(200);
            assertThat(refresh(token).status()).isEqualTo(401);
        }

        @Test
        void refusesAccessTokensAndStrangers() {
            Answer hint = anonymous.form("/api/auth/revoke", Map.of("token", "x", "token_type_hint", "access_token"));
            assertThat(hint.status()).isEqualTo(400);
            assertThat(hint.detail()).contains("unsupported_token_type");
            Answer client = anonymous.form("/api/auth/revoke", Map.of("token", "x", "client_id", "other"));
            assertThat(client.status()).isEqualTo(401);
            assertThat(client.header("WWW-Authenticate")).isPresent();
            assertThat(client.detail()).isEqualTo("Unrecognised client_id");
        }
    }

    @Nested
    class Sessions {

        @Test
        void areListedToTheirOwnerAndAllOfTheVoToProxyManagement() {
            JsonNode own = alice.get("/api/auth/refresh-tokens").json();
            assertThat(own).isNotEmpty().allSatisfy(row -> {
                assertThat(row.path("Sub").asText()).isEqualTo("demo:a-1");
                assertThat(row.path("JTI").asText()).isNotBlank();
                assertThat(row.path("Status").asText()).isEqualTo("CREATED");
                assertThat(row.path("Scope").asText()).contains("vo:demo");
            });
            assertThat(texts(system.user("root").get("/api/auth/refresh-tokens").json()))
                    .hasSizeGreaterThan(own.size() - 1);
        }

        @Test
        void areEndedByTheirOwnerAlone() {
            String bobs = claims(logIn("vo:demo", "bob").path("refresh_token").asText())
                    .path("jti")
                    .asText();

            assertThat(alice.delete("/api/auth/refresh-tokens/" + bobs).status())
                    .isEqualTo(403);
            assertThat(alice.delete("/api/auth/refresh-tokens/no-uuid").status())
                    .isEqualTo(400);
            assertThat(alice.delete("/api/auth/refresh-tokens/" + UUID.randomUUID())
                            .status())
                    .isEqualTo(404);
            Answer ended = system.user("bob").delete("/api/auth/refresh-tokens/" + bobs);
            assertThat(ended.status()).isEqualTo(200);
            assertThat(ended.json().asText()).isEqualTo("Refresh token revoked");
        }
    }

    @Nested
    class UserInfo {

        @Test
        void tellsWhoIAm() {
            JsonNode me = alice.get("/api/auth/userinfo").json();

            assertThat(me.fieldNames())
                    .toIterable()
                    .contains("sub", "vo", "dirac_group", "policies", "properties", "preferred_username");
            assertThat(me.path("sub").asText()).isEqualTo("demo:a-1");
            assertThat(me.path("policies").isObject()).isTrue();
            assertThat(texts(me.path("properties"))).containsExactly("NormalUser");
        }

        @Test
        void asksForAToken() {
            Answer answer = anonymous.get("/api/auth/userinfo");

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).contains("Bearer");
        }
    }

    @Nested
    class TheLegacyExchange {

        private Answer exchange(String query, String header) {
            return anonymous.send(anonymous
                    .request("/api/auth/legacy-exchange?" + query)
                    .header("Authorization", header)
                    .GET());
        }

        @Test
        void isNotInTheDescription() {
            assertThat(anonymous.get("/api/openapi.json").json().path("paths").has("/api/auth/legacy-exchange"))
                    .isFalse();
        }

        @ParameterizedTest
        @CsvSource({"Bearer other, 400", "Basic x, 400", "Bearer diracx:legacy:!, 400"})
        void refusesAnotherFormOfHeader(String header, int status) {
            assertThat(exchange("preferred_username=alice&scope=vo:demo", header)
                            .status())
                    .isEqualTo(status);
        }

        @Test
        void refusesAnotherKeyOrIsNotEnabled() {
            assertThat(exchange("preferred_username=alice&scope=vo:demo", "Bearer diracx:legacy:d3Jvbmc=")
                            .status())
                    .isIn(401, 503);
        }
    }

    @Nested
    class TheRules {

        @Test
        void aJobOfAnotherAndOneThatDoesNotExistLookTheSame() {
            long job = JobsHttpIT.ids(alice.post("/api/jobs/jdl", JobsHttpIT.jdls(JobsHttpIT.NOWHERE)))
                    .get(0);
            Http bob = system.user("bob");
            for (long id : new long[] {job, 900_000_000L}) {
                assertThat(JobsHttpIT.status(bob, id, "Killed", "mine").status())
                        .isEqualTo(403);
                assertThat(bob.post("/api/jobs/reschedule", "{\"job_ids\":[" + id + "]}")
                                .status())
                        .isEqualTo(403);
            }
        }

        @Test
        void pilotsOfTheOwnVoAreSeenByItsUsersAndManagedByAdministrators() {
            String stamp = Pilots.unique();
            Pilots.register(system, stamp, "demo");
            String search =
                    "{\"search\":[{\"parameter\":\"PilotStamp\",\"operator\":\"eq\",\"value\":\"" + stamp + "\"}]}";
            String change = "{\"" + stamp + "\":{\"StatusReason\":\"x\"}}";

            assertThat(alice.post("/api/pilots/search", search).json()).hasSize(1);
            assertThat(system.user("carol").post("/api/pilots/search", search).json())
                    .isEmpty();
            assertThat(alice.patch("/api/pilots/metadata", change).status()).isEqualTo(403);
            assertThat(system.user("root").patch("/api/pilots/metadata", change).status())
                    .isEqualTo(204);
            assertThat(system.user("root")
                            .patch("/api/pilots/metadata", change.replace(stamp, Pilots.unique()))
                            .status())
                    .isEqualTo(404);
        }

        @Test
        void everybodyWithATokenReadsTheConfiguration() {
            assertThat(system.user("carol").get("/api/config/").status()).isEqualTo(200);
            assertThat(anonymous.get("/api/config/").status()).isEqualTo(401);
        }
    }
}
