/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Secrets that are known to the test pass through every flow, good and broken; then the logs of the server and of pilots and every row
 * of the database are searched for them, as they are and in the encodings that hide nothing. Hashes are allowed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CanarySecretsHttpIT {

    private static final String DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";

    /** Whatever looks like a signed token is a secret, whoever made it. */
    private static final Pattern SIGNED_TOKEN =
            Pattern.compile("eyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{20,}");

    private static final Pattern PRIVATE_KEY = Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----");

    /** The secrets by what they are. */
    private final Map<String, String> secrets = Collections.synchronizedMap(new LinkedHashMap<>());

    RunningSystem system;
    Http anonymous;
    SmallProvider provider;

    @BeforeAll
    void passThem() {
        system = RunningSystem.up();
        anonymous = system.anonymous();
        provider = new SmallProvider(secrets);
        secrets.put("the password of alice", "pw-alice");
        secrets.put("the password of the database", system.database().password());
        devices();
        browsers();
        legacyServers();
        pilotsAndJobs();
        members();
        broken();
    }

    @AfterAll
    void stop() {
        provider.close();
    }

    private String secret(String what) {
        String secret = "secret" + Pilots.unique();
        secrets.put(what, secret);
        return secret;
    }

    private String keep(String what, String secret) {
        assertThat(secret).as(what).hasSizeGreaterThan(7);
        secrets.put(what, secret);
        return secret;
    }

    /** Of a signed token the signature is the secret; the rest can be told from it. */
    private JsonNode keep(String what, Answer tokens) {
        assertThat(tokens.status()).as(what).isEqualTo(200);
        for (String kind : List.of("access_token", "refresh_token")) {
            String token = tokens.json().path(kind).asText();
            keep(what + ": " + kind, token.substring(token.lastIndexOf('.') + 1));
        }
        return tokens.json();
    }

    private void devices() {
        for (int i = 0; i < 2; i++) {
            JsonNode flow = anonymous
                    .send(anonymous
                            .request("/api/auth/device?client_id=" + RunningSystem.CLIENT + "&scope=vo:demo")
                            .POST(BodyPublishers.noBody()))
                    .json();
            String device = keep("device code " + i, flow.path("device_code").asText());
            Map<String, String> form =
                    Map.of("grant_type", DEVICE_GRANT, "client_id", RunningSystem.CLIENT, "device_code", device);
            assertThat(anonymous.form("/api/auth/token", form).status()).isEqualTo(400);
            String page = flow.path("verification_uri_complete").asText();
            assertThat(Approval.submit(anonymous, page, "alice", secret("a wrong password " + i))
                            .status())
                    .isEqualTo(403);
            // people type the password into the wrong field
            assertThat(Approval.submit(anonymous, page, secret("a password as user name " + i), "x")
                            .status())
                    .isEqualTo(403);
            Approval.approve(anonymous, page, "alice", "pw-alice");
            JsonNode tokens = keep("device flow " + i, anonymous.form("/api/auth/token", form));
            assertThat(anonymous.form("/api/auth/token", form).status()).isEqualTo(400);
            refreshes(i, tokens.path("refresh_token").asText());
        }
        anonymous.form(
                "/api/auth/token",
                Map.of(
                        "grant_type", DEVICE_GRANT,
                        "client_id", secret("a client id"),
                        "device_code", secret("an unknown device code")));
    }

    private void refreshes(int number, String refresh) {
        Map<String, String> form =
                Map.of("grant_type", "refresh_token", "client_id", RunningSystem.CLIENT, "refresh_token", refresh);
        JsonNode next = keep("refresh " + number, anonymous.form("/api/auth/token", form));
        if (number == 0) {
            assertThat(anonymous.form("/api/auth/token", form).status()).isEqualTo(401);
        } else {
            assertThat(anonymous
                            .form(
                                    "/api/auth/revoke",
                                    Map.of("token", next.path("refresh_token").asText()))
                            .status())
                    .isEqualTo(200);
        }
    }

    private void browsers() {
        CodeFlow flow = CodeFlow.of(system, "vo:demo");
        keep("PKCE's verifier", flow.verifier());
        CodeFlow.Page page = flow.page();
        keep("the cookie of the form", page.cookie().replaceFirst("^[^=]*=", ""));
        page.submit("alice", secret("a wrong password in a browser"), "approve");
        page.submit("nobody", secret("a password of nobody"), "approve");
        String code = keep("an authorization code", CodeFlow.code(page.submit("alice", "pw-alice", "approve")));
        flow.exchange(Map.of("code", code, "code_verifier", secret("a wrong verifier") + "0".repeat(20)));
        keep("code flow", flow.exchange(code));
        flow.exchange(code);
        flow.exchange(secret("an unknown code"));
    }

    private void legacyServers() {
        byte[] key = ("legacy" + Pilots.unique()).getBytes(StandardCharsets.US_ASCII);
        String sent = keep("the key of a legacy server", Base64.getUrlEncoder().encodeToString(key));
        secrets.put("the same, decoded", new String(key, StandardCharsets.US_ASCII));
        new ConfigurationCalls(system.user("root"))
                .set("/Systems/Framework/Services/Token/LegacyExchangeApiKeyHash", sha256(key));
        keep("legacy exchange", legacy("Bearer diracx:legacy:" + sent));
        assertThat(legacy("Bearer diracx:legacy:" + encoded(secret("a wrong legacy key")))
                        .status())
                .isEqualTo(401);
        assertThat(legacy("Bearer diracx:legacy:" + secret("a malformed legacy key") + "!!")
                        .status())
                .isEqualTo(400);
    }

    private Answer legacy(String header) {
        return anonymous.send(anonymous
                .request("/api/auth/legacy-exchange?preferred_username=alice&scope=vo:demo")
                .header("Authorization", header)
                .GET());
    }

    private void pilotsAndJobs() {
        String stamp = Pilots.unique();
        String given = keep("the secret of a pilot", Pilots.register(system, stamp, "demo"));
        String exchange = "{\"pilot_stamp\":\"" + stamp + "\",\"pilot_secret\":\"%s\"}";
        anonymous.post("/api/auth/secret-exchange", exchange.formatted(secret("a wrong secret of a pilot")));
        JsonNode tokens = keep("pilot", anonymous.post("/api/auth/secret-exchange", exchange.formatted(given)));
        anonymous.post("/api/auth/secret-exchange", exchange.formatted(given));
        String refresh = "{\"pilot_stamp\":\"" + stamp + "\",\"refresh_token\":\"%s\"}";
        keep(
                "pilot's refresh",
                anonymous.post(
                        "/api/auth/pilot-token",
                        refresh.formatted(tokens.path("refresh_token").asText())));
        anonymous.post("/api/auth/pilot-token", refresh.formatted(secret("a broken refresh token of a pilot")));
        Pilots.Running running = Pilots.runningOneJobOf(system.user("alice"), system);
        String token = running.wrapper().token();
        keep("the token of a job", token.substring(token.lastIndexOf('.') + 1));
        keep(
                "the secret of a webhook",
                system.user("alice")
                        .post("/api/webhooks", "{\"url\":\"https://hooks.invalid/x\",\"job_group\":\"g\"}")
                        .json()
                        .path("secret")
                        .asText()
                        .replace("whsec_", ""));
        SandboxesHttpIT.connect();
        String pfn = SandboxesHttpIT.upload(
                system.user("alice"), secret("bytes of a sandbox").getBytes(StandardCharsets.UTF_8));
        String link = system.user("alice")
                .get("/api/jobs/sandbox?pfn=" + Http.encoded(pfn))
                .json()
                .path("url")
                .asText();
        Matcher signature = Pattern.compile("signature=([^&]+)").matcher(link);
        assertThat(signature.find()).isTrue();
        keep("the signature of a link", signature.group(1));
        URI address = URI.create(link);
        anonymous.get(address.getRawPath() + "?" + address.getRawQuery());
        anonymous.get(address.getRawPath() + "?" + address.getRawQuery().replace("expires=", "expires=1"));
    }

    /** Members of a VO with a provider. */
    private void members() {
        system.credential("canary", secret("our secret at the provider"));
        Map<String, String> options = new TreeMap<>();
        String vo = "/Registry/canary/";
        options.put(vo + "DefaultGroup", "canary_user");
        options.put(vo + "IdP/URL", provider.issuer());
        options.put(vo + "IdP/ClientID", "dirac");
        options.put(vo + "IdP/ClientSecret", "credential:canary");
        options.put(vo + "IdP/Audience", "dirac-api");
        options.put(vo + "IdP/AllowLoopbackHTTP", "yes");
        options.put(vo + "Users/canary-1/PreferedUsername", "canary");
        options.put(vo + "Groups/canary_user/Properties", "NormalUser");
        options.put(vo + "Groups/canary_user/Users", "canary-1");
        Answer committed = new ConfigurationCalls(system.user("root")).commit(ConfigurationCalls.edits(options));
        assertThat(committed.status()).as(committed.toString()).isIn(200, 201);

        for (int status : new int[] {200, 400, 500}) {
            provider.tokenStatus = status;
            CodeFlow flow = CodeFlow.of(system, "vo:canary");
            Answer away = flow.begin();
            assertThat(away.status()).as(away.toString()).isEqualTo(307);
            String cookie = away.header("Set-Cookie").orElseThrow().split(";", 2)[0];
            keep("the key of a browser " + status, cookie.replaceFirst("^[^=]*=", ""));
            String back = provider.logIn(URI.create(away.header("Location").orElseThrow()));
            Answer returned = anonymous.send(anonymous
                    .request("/api/auth/authorize/complete?" + back)
                    .header("Cookie", cookie)
                    .GET());
            assertThat(returned.status())
                    .as(returned.toString())
                    .isEqualTo(status == 200 ? 307 : status == 400 ? 401 : 502);
            if (status == 200) {
                keep("log-in at the provider", flow.exchange(CodeFlow.code(returned)));
            }
        }
        provider.tokenStatus = 200;
        String good = provider.accessToken("canary-1");
        assertThat(anonymous.as(good).get("/api/auth/userinfo").status()).isEqualTo(200);
        assertThat(anonymous
                        .as(provider.accessToken("stranger"))
                        .get("/api/auth/userinfo")
                        .status())
                .isEqualTo(401);
        new ConfigurationCalls(system.user("root"))
                .set(vo + "IdP/ClientSecret", secret("a secret in the configuration"));
    }

    private void broken() {
        for (String header : List.of(
                "Bearer %s",
                "Bearer %s.%s.%s", "Basic %s", "%s", "Bearer diracx:legacy:%s", "DPoP %s", "Bearer a %s")) {
            String value = secret("a header " + header);
            anonymous.send(anonymous
                    .request("/api/auth/userinfo")
                    .header("Authorization", header.replace("%s", value))
                    .GET());
        }
        for (String parameter : List.of("access_token", "password", "token", "client_secret")) {
            anonymous.get("/api/auth/userinfo?" + parameter + "=" + secret("a parameter " + parameter));
            anonymous.get("/api/auth/device?" + parameter + "=" + secret("a parameter of a page " + parameter));
            anonymous.get("/api/nothing/" + secret("a path " + parameter));
        }
        for (String path : List.of(
                "/api/auth/token",
                "/api/auth/revoke",
                "/api/auth/device",
                "/api/auth/device/approval",
                "/api/auth/authorize/approval",
                "/api/auth/secret-exchange",
                "/api/auth/pilot-token",
                "/api/jobs/jdl",
                "/api/jobs/search",
                "/api/jobs/sandbox",
                "/api/config/revisions",
                "/api/pilots/")) {
            Http alice = system.user("alice");
            for (String type :
                    List.of(Http.FORM, Http.JSON, "text/plain", "multipart/form-data; boundary=x", "application/xml")) {
                for (String body : List.of(
                        "password=%s",
                        "grant_type=password&username=alice&password=%s",
                        "{\"password\":\"%s\"",
                        "{\"password\":\"%s\"}",
                        "[\"password=%s",
                        "<password>%s</password>",
                        "--x\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\n%s")) {
                    String value = secret("a body " + path + " " + type + " " + body);
                    alice.send("POST", path, type, BodyPublishers.ofString(body.formatted(value)));
                }
            }
        }
        new ConfigurationCalls(system.user("root"))
                .set("/Systems/Framework/Services/Token/Password", secret("a password in the configuration"));
    }

    @Test
    void theServersLogsHoldNone() {
        Path logs = system.directory().resolve("server/log");
        assertThat(files(logs)).hasSizeGreaterThan(1);
        files(logs).forEach(file -> assertHoldsNone(file.getFileName().toString(), read(file)));
    }

    @Test
    void theDatabaseHoldsNone() {
        Map<String, String> tables = tables();
        assertThat(tables.keySet()).contains("framework.refresh_token", "wms.pilot_secret", "framework.device_flow");
        tables.forEach(this::assertHoldsNone);
    }

    @Test
    void realPilotsWriteNoneToTheirLogs() {
        Http alice = system.user("alice");
        long job = JobsHttpIT.ids(alice.post(
                        "/api/jobs/jdl",
                        JobsHttpIT.jdls("Executable = \"/bin/true\"; Site = \"DIRAC.Local.test\"; CPUTime = 100;")))
                .get(0);
        await("job done")
                .atMost(Duration.ofMinutes(3))
                .until(() -> JobsHttpIT.job(alice, job).path("Status").asText().equals("Done"));
        String stamp = JobsHttpIT.job(alice, job).path("PilotStamp").asText();

        assertHoldsNone(
                "log of the pilot", alice.get("/api/pilots/" + stamp + "/log").text());
        assertHoldsNone(
                "output of the pilot",
                alice.get("/api/pilots/" + stamp + "/output").text());
        assertHoldsNone(
                "parameters of the job",
                alice.get("/api/jobs/" + job + "/parameters").text());
        List<Path> written = files(system.directory().resolve("server")).stream()
                .filter(file -> file.toString().contains(stamp))
                .filter(file -> file.toString().matches(".*\\.(log|out|err|txt)"))
                .toList();
        written.forEach(file -> assertHoldsNone(file.toString(), read(file)));
    }

    /** Proves that the search itself finds what it looks for. */
    @Test
    void theSearchFindsWhatIsThere() {
        secrets.forEach((what, secret) -> {
            assertThat(spellings(secret).stream().anyMatch(("a line with " + secret + " in it")::contains))
                    .as(what)
                    .isTrue();
        });
        assertThat(SIGNED_TOKEN.matcher("x " + system.user("alice").token()).find())
                .isTrue();
        assertThat(secrets).hasSizeGreaterThan(400);
    }

    private void assertHoldsNone(String place, String text) {
        List<String> found = new ArrayList<>();
        secrets.forEach((what, secret) -> {
            if (spellings(secret).stream().anyMatch(text::contains)) {
                found.add(what);
            }
        });
        assertThat(found).as("secrets in %s", place).isEmpty();
        assertThat(SIGNED_TOKEN.matcher(text).results().map(token -> around(text, token.start())))
                .as("signed tokens in %s", place)
                .isEmpty();
        assertThat(PRIVATE_KEY.matcher(text).find())
                .as("private keys in %s", place)
                .isFalse();
    }

    private static String around(String text, int at) {
        return text.substring(Math.max(0, at - 80), Math.min(text.length(), at + 12)) + "…";
    }

    /** The secret as it is, as bytes of the database are shown, and in base64. */
    private static List<String> spellings(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        return List.of(secret, HexFormat.of().formatHex(bytes), encoded(secret), Http.encoded(secret));
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Every row of every table as text. */
    private Map<String, String> tables() {
        Map<String, String> tables = new TreeMap<>();
        try (Connection connection = system.database().dataSource().getConnection();
                PreparedStatement names = connection.prepareStatement(
                        "select schemaname || '.' || quote_ident(tablename) from pg_tables where schemaname not in"
                                + " ('pg_catalog', 'information_schema')");
                ResultSet name = names.executeQuery()) {
            while (name.next()) {
                StringBuilder text = new StringBuilder();
                try (PreparedStatement rows =
                                connection.prepareStatement("select t::text from " + name.getString(1) + " t");
                        ResultSet row = rows.executeQuery()) {
                    while (row.next()) {
                        text.append(row.getString(1)).append('\n');
                    }
                }
                tables.put(name.getString(1), text.toString());
            }
            return tables;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static List<Path> files(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
