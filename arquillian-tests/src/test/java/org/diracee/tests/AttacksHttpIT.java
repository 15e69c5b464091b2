/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks that others have fallen to, tried on this one; docs/security.md lists them with their results. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttacksHttpIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder BASE64_URL = Base64.getUrlEncoder().withoutPadding();

    RunningSystem system;
    Http anonymous;
    Http alice;
    RawHttp raw;

    /** A server of the attacker, with what was asked of it. */
    HttpServer attacker;

    final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    void connect() throws IOException {
        system = RunningSystem.up();
        anonymous = system.anonymous();
        alice = system.user("alice");
        raw = new RawHttp(system.ca(), system.base());
        attacker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        attacker.createContext("/", exchange -> {
            calls.add(exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        attacker.start();
    }

    @AfterAll
    void stop() {
        attacker.stop(0);
    }

    private String evil(String path) {
        return "http://127.0.0.1:" + attacker.getAddress().getPort() + path;
    }

    // ---- tokens

    private static String encoded(String text) {
        return BASE64_URL.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode part(int number) {
        try {
            return JSON.readTree(Base64.getUrlDecoder().decode(alice.token().split("\\.", -1)[number]));
        } catch (IOException noJson) {
            throw new UncheckedIOException(noJson);
        }
    }

    /** Header of a good token with these members instead. */
    private ObjectNode header(Map<String, Object> other) {
        ObjectNode header = part(0).deepCopy();
        other.forEach((name, value) -> header.set(name, JSON.valueToTree(value)));
        return header;
    }

    /** Claims of a good token with more rights. */
    private String claims() {
        ObjectNode claims = part(1).deepCopy();
        claims.putArray("dirac_properties").add("NormalUser").add("JobAdministrator");
        return claims.toString();
    }

    private interface Signer {
        byte[] sign(byte[] input) throws GeneralSecurityException;
    }

    private String token(ObjectNode header, Signer signer) {
        String input = encoded(header.toString()) + "." + encoded(claims());
        try {
            return input + "." + BASE64_URL.encodeToString(signer.sign(input.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Signer hmac(String algorithm, byte[] secret) {
        return input -> {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret, algorithm));
            return mac.doFinal(input);
        };
    }

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Signer ed25519(KeyPair keys) {
        return input -> {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(keys.getPrivate());
            signature.update(input);
            return signature.sign();
        };
    }

    private static Map<String, Object> jwk(KeyPair keys) {
        byte[] encoded = keys.getPublic().getEncoded();
        byte[] x = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        return Map.of(
                "kty", "OKP", "crv", "Ed25519", "x", BASE64_URL.encodeToString(x), "kid", "evil", "alg", "Ed25519");
    }

    Stream<String> forgedTokens() {
        List<String> tokens = new ArrayList<>();
        String real = alice.token().split("\\.", -1)[2];
        for (String none : List.of("none", "None", "NONE", "nOnE", "")) {
            String unsigned = encoded(header(Map.of("alg", none)).toString()) + "." + encoded(claims()) + ".";
            tokens.add(unsigned);
            tokens.add(unsigned + real);
        }
        JsonNode key = anonymous.get("/.well-known/jwks.json").json().at("/keys/0");
        byte[] x = Base64.getUrlDecoder().decode(key.path("x").asText());
        byte[] spki = new byte[44];
        System.arraycopy(Base64.getDecoder().decode("MCowBQYDK2VwAyEA"), 0, spki, 0, 12);
        System.arraycopy(x, 0, spki, 12, 32);
        String pem = "-----BEGIN PUBLIC KEY-----\n" + Base64.getEncoder().encodeToString(spki)
                + "\n-----END PUBLIC KEY-----\n";
        List<byte[]> secrets = List.of(
                x,
                spki,
                key.path("x").asText().getBytes(StandardCharsets.US_ASCII),
                key.toString().getBytes(StandardCharsets.UTF_8),
                pem.getBytes(StandardCharsets.US_ASCII),
                pem.strip().getBytes(StandardCharsets.US_ASCII));
        for (byte[] secret : secrets) {
            tokens.add(token(header(Map.of("alg", "HS256")), hmac("HmacSHA256", secret)));
            tokens.add(token(header(Map.of("alg", "HS512")), hmac("HmacSHA512", secret)));
        }
        KeyPair mine = pair();
        String keys = evil("/keys");
        List<Map<String, Object>> headers = List.of(
                Map.of("kid", "evil"),
                Map.of("jwk", jwk(mine)),
                Map.of("jwk", jwk(mine), "kid", "evil"),
                Map.of("jku", keys, "kid", "evil"),
                Map.of("jku", keys),
                Map.of("x5u", keys),
                Map.of("x5c", List.of(Base64.getEncoder().encodeToString(spki))),
                Map.of("kid", keys),
                Map.of("kid", "../../../../../../dev/null"),
                Map.of("kid", "/dev/null"),
                Map.of("kid", "' or '1'='1"),
                Map.of("kid", "x' union select '" + jwk(mine).get("x") + "' --"),
                Map.of("kid", "a".repeat(20_000)),
                Map.of("kid", "a\u0000b"),
                Map.of("kid", 17),
                Map.of("kid", List.of("evil")),
                Map.of("alg", "EdDSA"),
                Map.of("alg", 5),
                Map.of("typ", 5),
                Map.of("crit", 5),
                Map.of("crit", List.of("exp"), "exp", 1),
                Map.of("b64", false, "crit", List.of("b64")));
        headers.forEach(header -> tokens.add(token(header(header), ed25519(mine))));
        for (String kid : List.of("../../../../dev/null", "/dev/null", "")) {
            tokens.add(token(header(Map.of("alg", "HS256", "kid", kid)), hmac("HmacSHA256", new byte[] {0})));
        }
        // encrypted ones, and forms that parsers stumble over
        tokens.add(encoded("{\"alg\":\"dir\",\"enc\":\"A256GCM\"}") + ".." + encoded("iv") + "." + encoded("x") + "."
                + encoded("tag"));
        tokens.add(alice.token() + "." + real);
        tokens.add("." + alice.token());
        tokens.add(alice.token() + "=");
        tokens.add(alice.token().replace('.', ','));
        return tokens.stream();
    }

    @ParameterizedTest
    @MethodSource("forgedTokens")
    void noForgedTokenIsAccepted(String token) {
        Answer answer = anonymous.as(token).get("/api/auth/userinfo");

        assertThat(answer.status()).as(answer.toString()).isIn(401, 431);
        if (answer.status() == 401) {
            assertThat(answer.detail()).isEqualTo("Invalid JWT");
        }
        assertThat(calls).as("nobody asks the attacker for keys").isEmpty();
    }

    @Test
    void noTokenIsGoodForAnotherPurpose() {
        Pilots.Running running = Pilots.runningOneJobOf(alice, system);
        for (String token : List.of(
                alice.token(), running.pilot().token(), running.wrapper().token())) {
            assertThat(anonymous
                            .form(
                                    "/api/auth/token",
                                    Map.of(
                                            "grant_type",
                                            "refresh_token",
                                            "client_id",
                                            RunningSystem.CLIENT,
                                            "refresh_token",
                                            token))
                            .status())
                    .isEqualTo(401);
            assertThat(anonymous
                            .post(
                                    "/api/auth/pilot-token",
                                    "{\"pilot_stamp\":\"" + running.stamp() + "\",\"refresh_token\":\"" + token + "\"}")
                            .status())
                    .isEqualTo(401);
        }
    }

    // ---- log-in

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://portal.test@evil.test/back",
                "https://portal.test.evil.test/back",
                "https://evil.test/back",
                "https://portal.test:444/back",
                "https://portal.test:443/back",
                "https://PORTAL.test/back",
                "https://portal.test/back/",
                "https://portal.test/back/../x",
                "https://portal.test/back%2f..%2fx",
                "https://portal.test/back?x=1",
                "https://portal.test/back#x",
                "https://portal.test/back ",
                " https://portal.test/back",
                "https://portal.test/back https://evil.test/",
                "https://portal.test/back,https://evil.test/",
                "https://portal.test\\@evil.test/back",
                "https://portal.test%00.evil.test/back",
                "http://portal.test/back",
                "//portal.test/back",
                "/portal/",
                "javascript:alert(1)//https://portal.test/back",
                "data:text/html,x"
            })
    void noOtherAddressGetsACode(String redirect) {
        Answer answer = CodeFlow.of(system, "vo:demo", redirect).begin();

        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.header("Location")).isEmpty();
        assertThat(answer.text()).contains("Invalid redirect_uri");
    }

    @Test
    void oneOfTwoAddressesIsNotChosenByTheAttacker() {
        CodeFlow flow = CodeFlow.of(system, "vo:demo");
        String query = Http.encoded(flow.parameters());
        String evil = "redirect_uri=" + Http.encoded("https://evil.test/");

        assertThat(html("/api/auth/authorize?" + evil + "&" + query).status()).isEqualTo(400);
        Answer page = html("/api/auth/authorize?" + query + "&" + evil);
        assertThat(page.header("Content-Security-Policy").orElse("")).doesNotContain("evil");
        assertThat(new CodeFlow.Page(flow, page)
                        .submit("alice", "pw-alice", "approve")
                        .header("Location"))
                .hasValueSatisfying(back -> assertThat(back).startsWith(CodeFlow.BACK + "?code="));
    }

    @Test
    void aCodeIsGoodOnceHoweverManyAskAtOnce() throws InterruptedException, ExecutionException {
        CodeFlow flow = CodeFlow.of(system, "vo:demo");
        String code = CodeFlow.code(flow.page().submit("alice", "pw-alice", "approve"));
        ExecutorService many = Executors.newFixedThreadPool(8);
        try {
            Callable<Integer> exchange = () -> flow.exchange(code).status();
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> status : many.invokeAll(Collections.nCopies(8, exchange))) {
                statuses.add(status.get());
            }
            assertThat(statuses).containsOnlyOnce(200);
            assertThat(statuses).filteredOn(status -> status != 200).containsOnly(400);
        } finally {
            many.shutdown();
        }
        assertThat(flow.exchange(code).json().path("error").asText()).isEqualTo("invalid_grant");
    }

    @ParameterizedTest
    @CsvSource({
        "code_challenge_method, plain, 422",
        "code_challenge_method, '', 422",
        "code_challenge_method, s256, 422",
        "code_challenge, '', 422",
        "code_challenge, short, 422",
        "response_type, token, 422",
        "response_type, code id_token, 422",
        "response_mode, fragment, 200"
    })
    void nothingWeakerThanCodeWithPkceBegins(String parameter, String value, int status) {
        CodeFlow flow = CodeFlow.of(system, "vo:demo");
        Map<String, String> parameters = flow.parameters();
        parameters.put(parameter, value);
        parameters.values().removeIf(String::isEmpty);

        assertThat(flow.begin(parameters).status()).isEqualTo(status);
    }

    @Test
    void aStolenCodeIsWorthNothingWithoutItsSecret() {
        CodeFlow flow = CodeFlow.of(system, "vo:demo");
        String code = CodeFlow.code(flow.page().submit("alice", "pw-alice", "approve"));
        CodeFlow other = CodeFlow.of(system, "vo:demo");

        for (Map<String, String> fields : List.of(
                Map.of("code", code, "code_verifier", ""),
                Map.of("code", code, "code_verifier", other.verifier()),
                Map.of("code", code, "code_verifier", CodeFlow.challenge(flow.verifier())),
                Map.of("code", code, "redirect_uri", system.base() + "/portal/"),
                Map.of("code", code, "client_id", "other"),
                Map.of(
                        "device_code",
                        code,
                        "code",
                        "",
                        "grant_type",
                        "urn:ietf:params:oauth:grant-type:device_code"))) {
            Answer answer = flow.exchange(fields);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        }
        assertThat(flow.exchange(code).status()).as("the guesses spoil nothing").isEqualTo(200);
    }

    @Test
    void noOtherSiteApprovesForAPerson() {
        CodeFlow.Page page = CodeFlow.of(system, "vo:demo").page();
        Map<String, String> fields = page.fields("alice", "pw-alice", "approve");
        Map<String, String> without = new LinkedHashMap<>(fields);
        without.remove("csrf_token");
        Map<String, String> guessed = new LinkedHashMap<>(fields);
        guessed.put("csrf_token", "A".repeat(43));
        String foreign = page.cookie().replaceFirst("=.*", "=" + "A".repeat(43));

        List<Answer> refused = List.of(
                page.send(fields, "", "same-origin"),
                page.send(fields, foreign, "same-origin"),
                page.send(fields, page.cookie(), "cross-site"),
                page.send(without, page.cookie(), "same-origin"),
                page.send(guessed, page.cookie(), "same-origin"));
        for (Answer answer : refused) {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
            assertThat(answer.header("Location")).isEmpty();
        }
        assertThat(html("/api/auth/authorize/approval?" + Http.encoded(fields)).status())
                .isEqualTo(405);
        assertThat(anonymous
                        .post(
                                "/api/auth/authorize/approval",
                                JSON.valueToTree(fields).toString())
                        .status())
                .isEqualTo(415);
        assertThat(page.answer().header("Set-Cookie"))
                .hasValueSatisfying(cookie ->
                        assertThat(cookie).startsWith("__Host-").contains("HttpOnly", "Secure", "SameSite=Lax"));
        assertThat(page.submit("alice", "pw-alice", "approve").status()).isEqualTo(303);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/auth/authorize/complete?state=x&code=y&redirect_uri=https://evil.test/",
                "/api/auth/device/complete?state=x&code=y&redirect_uri=https://evil.test/",
                "/api/auth/device/complete/finished?next=https://evil.test/",
                "/api/auth/device?user_code=BCDFGHJK&redirect=https://evil.test/",
                "/?next=https://evil.test/",
                "//evil.test",
                "//evil.test/%2e%2e",
                "/%5cevil.test",
                "/portal//evil.test",
                "/portal?https://evil.test/",
                "/portal/%0d%0aLocation:%20https://evil.test/",
                "/%0d%0aSet-Cookie:%20a=b",
                "/;//evil.test"
            })
    void nothingSendsAPersonElsewhere(String path) {
        RawHttp.Raw answer = raw.send("GET " + path + " HTTP/1.1", List.of("Accept: text/html"), "");

        String own = system.base().toString();
        assertThat(answer.header("Location")
                        .replaceFirst("^" + own + "(?=/)", "")
                        .replaceFirst("\\?.*", ""))
                .matches("|/portal/.*|/portal|/api/auth/device/complete/finished")
                .doesNotContain("//");
        assertThat(answer.header("Set-Cookie")).doesNotContain("a=b");
        assertThat(answer.status()).isIn(200, 302, 400, 401, 404);
    }

    private Answer html(String path) {
        return anonymous.send(
                anonymous.request(path).header("Accept", "text/html").GET());
    }

    // ---- requests

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSL_CLIENT_CERT",
                "SSL-Client-Cert",
                "X-SSL-Client-Cert",
                "X-SSL-CERT",
                "X-Client-Cert",
                "X-Forwarded-Client-Cert",
                "Client-Cert",
                "Client-Cert-Chain",
                "X-ARR-ClientCert",
                "SSL_CLIENT_S_DN",
                "X-SSL-Client-S-DN",
                "X-SSL-Client-Verify",
                "X-Forwarded-User",
                "X-Remote-User",
                "Remote-User",
                "REMOTE_USER",
                "X-Auth-Request-User",
                "X-Original-URL",
                "X-Rewrite-URL",
                "X-HTTP-Method-Override",
                "Proxy-Authorization",
                "Cookie"
            })
    void noHeaderStandsForACredential(String name) {
        for (String value : List.of(
                "alice",
                "SUCCESS",
                "/C=ch/O=DIRAC/CN=root",
                "-----BEGIN CERTIFICATE-----",
                "GET",
                "/.well-known/jwks.json",
                "Bearer " + alice.token(),
                "Authorization=Bearer " + alice.token())) {
            RawHttp.Raw answer = raw.send("GET /api/auth/userinfo HTTP/1.1", List.of(name + ": " + value), "");
            assertThat(answer.status()).as(name + ": " + value).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/auth/userinfo;x=y",
                "/api/auth;x/userinfo",
                "/api;/auth/userinfo",
                "//api/auth/userinfo",
                "/api//auth/userinfo",
                "/api/./auth/userinfo",
                "/api/auth/userinfo/",
                "/api/auth/userinfo/.",
                "/api/auth/%75serinfo",
                "/%61pi/auth/userinfo",
                "/api%2fauth%2fuserinfo",
                "/api/auth%2fuserinfo",
                "/api/auth/userinfo%00",
                "/api/auth/userinfo%3b",
                "/api/auth/userinfo%23/.well-known/jwks.json",
                "/api/auth/device/../userinfo",
                "/api/auth/device/%2e%2e/userinfo",
                "/api/auth/device/.%2e/userinfo",
                "/api/auth/device/..;/userinfo",
                "/api/auth/device/..;x=y/userinfo",
                "/api/auth/device/..%2fuserinfo",
                "/api/auth/device/%2e%2e%2fuserinfo",
                "/api/auth/device/%252e%252e/userinfo",
                "/api/auth/device/..%5cuserinfo",
                "/api/auth/device/..\\userinfo",
                "/api/auth/token/../userinfo",
                "/.well-known/../api/auth/userinfo",
                "/.well-known/%2e%2e/api/auth/userinfo",
                "/.well-known/..;/api/auth/userinfo",
                "/.well-known/..%2fapi/auth/userinfo",
                "/api/health/../auth/userinfo",
                "/api/sandbox-transfers/../auth/userinfo",
                "/api/sandbox-transfers/%2e%2e/auth/userinfo",
                "/portal/../api/auth/userinfo",
                "/portal/%2e%2e/api/auth/userinfo",
                "/portal/..;/api/auth/userinfo",
                "/portal/..%2fapi/auth/userinfo",
                "/portal/WEB-INF/../../api/auth/userinfo",
                "/API/auth/userinfo",
                "/.problem/../api/auth/userinfo",
                "https://localhost/api/auth/userinfo",
                "/api/config",
                "/api/config/",
                "/api/config;/document",
                "/.well-known/..;/api/config/document",
                "/api/auth/device/..;/../config/document",
                "/api/jobs/1;/../1",
                "/.well-known/%2e%2e/api/jobs/1"
            })
    void noSpellingOfAPathGetsAroundTheToken(String path) {
        for (String method : List.of("GET", "HEAD", "POST")) {
            RawHttp.Raw answer = raw.send(method + " " + path + " HTTP/1.1", List.of(), "");
            assertThat(answer.status()).as(method + " " + path).isIn(400, 401, 404, 405, 415, 422);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/WEB-INF/web.xml",
                "/%57EB-INF/web.xml",
                "/WEB-INF;/web.xml",
                "/WEB-INF/./web.xml",
                "/META-INF/MANIFEST.MF",
                "/portal/WEB-INF/web.xml",
                "/portal/WEB-INF;x/web.xml",
                "/portal/%57EB-INF/undertow-handlers.conf",
                "/portal/web-inf/web.xml",
                "/portal/META-INF/MANIFEST.MF",
                "/portal/..%2fWEB-INF/web.xml",
                "/portal/../WEB-INF/web.xml"
            })
    void nothingOfTheArchivesIsServed(String path) {
        RawHttp.Raw answer = raw.send("GET " + path + " HTTP/1.1", List.of(), "");

        assertThat(answer.status()).as(path).isIn(400, 401, 403, 404);
        assertThat(answer.text()).doesNotContain("<web-app", "Manifest-Version", "header(header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "PROPFIND", "get", "Get", "FOO", "options", "OPTIONS", "HEAD"})
    void noMethodGetsAroundTheTokenOrShowsIt(String method) {
        RawHttp.Raw without = raw.send(method + " /api/auth/userinfo HTTP/1.1", List.of(), "");
        assertThat(without.status())
                .isIn(method.equals("OPTIONS") ? List.of(200, 204, 405) : List.of(400, 401, 405, 501));
        assertThat(without.text()).doesNotContain("preferred_username");

        String token = "Authorization: Bearer " + alice.token();
        RawHttp.Raw with = raw.send(method + " /api/auth/userinfo HTTP/1.1", List.of(token), "");
        assertThat(with.text()).doesNotContain(alice.token());
        assertThat(with.status()).isNotIn(500, 502);
    }

    // ---- what a caller says of itself

    @Test
    void nobodyAssignsWhatIsNotHis() {
        long job = JobsHttpIT.ids(alice.post("/api/jobs/jdl", JobsHttpIT.jdls(JobsHttpIT.NOWHERE)))
                .get(0);
        Answer metadata = alice.patch(
                "/api/jobs/metadata",
                "{\"" + job + "\":{\"Owner\":\"root\",\"OwnerGroup\":\"demo_admin\",\"VO\":\"other\",\"JobID\":1}}");
        assertThat(metadata.status()).as(metadata.toString()).isIn(204, 400, 403, 404, 422);
        assertThat(alice.patch(
                                "/api/jobs/status",
                                "{\"" + job + "\":{\"" + java.time.Instant.now()
                                        + "\":{\"Status\":\"Killed\",\"Owner\":\"root\"}}}")
                        .status())
                .isEqualTo(422);
        JsonNode now = JobsHttpIT.job(alice, job);
        assertThat(now.path("Owner").asText()).isEqualTo("alice");
        assertThat(now.path("OwnerGroup").asText()).isEqualTo("demo_user");
        assertThat(now.path("VO").asText()).isEqualTo("demo");
        assertThat(now.path("Status").asText()).isNotEqualTo("Killed");
        for (String jdl : List.of(
                "Owner = \"root\";",
                "VO = \"other\";",
                "VirtualOrganization = \"other\";",
                "OwnerGroup = \"demo_admin\";",
                "OwnerDN = \"/CN=root\";")) {
            Answer answer = alice.post("/api/jobs/jdl", JobsHttpIT.jdls(jdl + JobsHttpIT.NOWHERE));
            if (answer.status() == 201) {
                JsonNode made = JobsHttpIT.job(alice, JobsHttpIT.ids(answer).get(0));
                assertThat(List.of(
                                made.path("Owner").asText(),
                                made.path("OwnerGroup").asText(),
                                made.path("VO").asText()))
                        .containsExactly("alice", "demo_user", "demo");
            } else {
                assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /api/jobs/search     | {"search":[],"vo":"other"}
            /api/jobs/summary    | {"grouping":["VO"],"owner":"root"}
            /api/jobs/reschedule | {"job_ids":[],"owner":"root"}
            /api/jobs/sandbox    | {"checksum_algorithm":"sha256","checksum":"x","size":1,"format":"tar.zst","vo":"other"}
            /api/pilots/search   | {"vo":"other"}
            """)
    void membersThatNobodyKnowsAreRefused(String path, String body) {
        Answer answer = alice.post(path, body);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/auth/token", "/api/auth/revoke", "/api/auth/certificate"})
    void aFormThatIsNoneIsRefusedAndNoFormIsEndless(String path) {
        String form = "application/x-www-form-urlencoded";

        Answer broken = anonymous.send("POST", path, form, BodyPublishers.ofString("token=%zz&=%&&==&a"));
        Answer large = anonymous.send("POST", path, form, BodyPublishers.ofString("token=" + "a".repeat(9 << 20)));

        assertThat(broken.status()).as(broken.toString()).isEqualTo(400);
        assertThat(broken.json().path("error").asText()).isEqualTo("invalid_request");
        assertThat(large.status()).as(large.toString()).isEqualTo(413);
    }

    @Test
    void aRefreshRaisesNoRights() {
        CodeFlow flow = CodeFlow.of(system, "vo:demo group:demo_user");
        JsonNode tokens = flow.exchange(CodeFlow.code(flow.page().submit("root", "pw-root", "approve")))
                .json();
        Answer refreshed = anonymous.form(
                "/api/auth/token",
                Map.of(
                        "grant_type", "refresh_token",
                        "client_id", RunningSystem.CLIENT,
                        "refresh_token", tokens.path("refresh_token").asText(),
                        "scope", "vo:demo group:demo_admin",
                        "dirac_group", "demo_admin",
                        "vo", "other"));

        if (refreshed.status() == 200) {
            JsonNode me = anonymous
                    .as(refreshed.json().path("access_token").asText())
                    .get("/api/auth/userinfo")
                    .json();
            assertThat(me.path("dirac_group").asText()).isEqualTo("demo_user");
            assertThat(me.path("vo").asText()).isEqualTo("demo");
            assertThat(me.path("properties")).hasSize(1);
        } else {
            assertThat(refreshed.status()).isEqualTo(400);
        }
    }

    // ---- what the server calls itself

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://169.254.169.254/latest",
                "https://[fe80::1]/",
                "https://0.0.0.0/",
                "https://[::]/",
                "https://127.0.0.1:9990/",
                "https://localhost:9990/",
                "https://[::ffff:127.0.0.1]/",
                "https://2130706433/",
                "https://0x7f.1/",
                "http://10.0.0.1/",
                "http://iam.test/",
                "file:///etc/passwd",
                "gopher://127.0.0.1:6379/",
                "https://user:password@iam.test/",
                "ATTACKER"
            })
    void noProviderCanBeWhereOnlyTheServerGets(String url) {
        String address = url.equals("ATTACKER") ? evil("/") : url;
        Answer answer = system.user("root")
                .post(
                        ConfigurationCalls.REVISIONS,
                        ConfigurationCalls.edits(Map.of(
                                        "/Registry/other/IdP/URL", address, "/Registry/other/IdP/ClientID", "dirac"))
                                .toString());

        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.text()).contains("/Registry/other/IdP/URL");
        assertThat(calls).isEmpty();
    }

    // ---- pages

    @Nested
    class EveryPage {

        private Stream<Answer> pages() {
            return Stream.of(
                    html("/portal/"),
                    html("/portal/index.html"),
                    html("/portal/portal.js"),
                    html("/portal/no-such-page"),
                    CodeFlow.of(system, "vo:demo").begin(),
                    html("/api/auth/device"),
                    html("/api/auth/device?user_code=BCDFGHJK"),
                    html("/api/auth/device/complete?state=x"),
                    html("/api/auth/device/complete/finished"));
        }

        @Test
        void forbidsScriptsFramesAndGuesses() {
            pages().forEach(page -> {
                String policy = page.header("Content-Security-Policy").orElse("");
                assertThat(policy)
                        .as(page.response().uri().toString())
                        .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action ")
                        .doesNotContain("unsafe", "*", "data:", "http:");
                assertThat(page.header("X-Content-Type-Options")).contains("nosniff");
                assertThat(page.header("X-Frame-Options")).contains("DENY");
                assertThat(page.header("Referrer-Policy")).contains("no-referrer");
                assertThat(page.header("Cross-Origin-Opener-Policy")).contains("same-origin");
                assertThat(page.header("Cache-Control").orElse("")).contains("no-store");
                assertThat(page.text()).doesNotContain("style=\"", "onclick", "javascript:", "//cdn");
            });
        }

        @Test
        void tellsNothingOfTheServerSoftware() {
            pages().forEach(page -> {
                assertThat(page.header("Server")).isEmpty();
                assertThat(page.header("X-Powered-By")).isEmpty();
            });
        }
    }
}
