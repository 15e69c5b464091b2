/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call what: credentials that are missing, malformed, forged, stale, or somebody else's. */
class AccessHttpIT {

    static RunningSystem system;
    static Http anonymous;
    static Http alice;

    /** Pilot a runs job a; pilot b runs job b. */
    static Pilots.Running a;

    static Pilots.Running b;

    @BeforeAll
    static void connect() {
        system = RunningSystem.up();
        anonymous = system.anonymous();
        alice = system.user("alice");
        a = Pilots.runningOneJobOf(alice, system);
        b = Pilots.runningOneJobOf(alice, system);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/jobs/1", "/api/auth/userinfo", "/api/pilots/search", "/api/no/such/route"})
    void asksForCredentials(String path) {
        Answer answer = anonymous.get(path);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).contains("Bearer");
        assertThat(answer.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(answer.detail()).isEqualTo("Authorization header is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer a b", "token"})
    void refusesAHeaderOfAnotherForm(String header) {
        Answer answer = anonymous.send(anonymous
                .request("/api/auth/userinfo")
                .header("Authorization", header)
                .GET());

        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.detail()).isEqualTo("Invalid authorization header");
    }

    @Test
    void asksForABearerWhereAnotherSchemeIsUsed() {
        Answer answer = anonymous.send(anonymous
                .request("/api/auth/userinfo")
                .header("Authorization", "Basic YWxpY2U6eA==")
                .GET());

        assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).contains("Bearer");
        assertThat(answer.detail()).isEqualTo("Authorization: the scheme is not accepted here; allowed is Bearer");
    }

    static Stream<String> badTokens() {
        String token = alice.token();
        String[] parts = token.split("\\.", -1);
        String raised = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                .replace("\"NormalUser\"", "\"JobAdministrator\"");
        String unsigned = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
        return Stream.of(
                parts[0] + "."
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(raised.getBytes(StandardCharsets.UTF_8))
                        + "." + parts[2],
                unsigned + "." + parts[1] + ".",
                parts[0] + "." + parts[1] + "." + (parts[2].startsWith("A") ? "B" : "A") + parts[2].substring(1),
                "not.a.token");
    }

    @ParameterizedTest
    @MethodSource("badTokens")
    void refusesForgedTokens(String token) {
        Answer answer = anonymous.as(token).get("/api/auth/userinfo");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.detail()).isEqualTo("Invalid JWT");
    }

    @Test
    void refreshTokensOpenNothing() {
        assertThat(anonymous
                        .as(system.refreshToken("alice"))
                        .get("/api/auth/userinfo")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aPilotMayNotTouchTheJobOfAnother() {
        for (Answer answer : everyRouteOn(a.pilot(), b.job())) {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
        }
    }

    @Test
    void aJobMayNotTouchAnotherJob() {
        for (Answer answer : everyRouteOn(a.wrapper(), b.job())) {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
        }
    }

    @Test
    void aJobMayActForItself() {
        assertThat(a.wrapper().get("/api/jobs/" + a.job()).status()).isEqualTo(200);
        assertThat(a.wrapper().patch("/api/jobs/heartbeat", heartbeat(a.job())).status())
                .isEqualTo(200);
    }

    @Test
    void pilotsAndJobsMayNotDoWhatUsersDo() {
        for (Http caller : List.of(a.pilot(), a.wrapper())) {
            assertThat(caller.post("/api/jobs/jdl", "[\"Executable = \\\"x\\\";\"]")
                            .status())
                    .isEqualTo(403);
            assertThat(caller.post("/api/jobs/search", "{}").status()).isEqualTo(403);
            assertThat(caller.post("/api/jobs/summary", "{\"grouping\":[\"Status\"]}")
                            .status())
                    .isEqualTo(403);
            assertThat(caller.get("/api/auth/refresh-tokens").status()).isEqualTo(403);
            assertThat(caller.post("/api/pilots/search", "{}").status()).isEqualTo(403);
        }
        Answer match = alice.post("/api/jobs/match", "{\"Site\":\"DIRAC.Nowhere.test\",\"CPUTime\":1000}");
        assertThat(match.status()).isEqualTo(403);
        assertThat(match.json().path("detail").asText()).contains("a caller of kind USER may not");
    }

    @Test
    void aPilotSecretWorksOnce() {
        String stamp = Pilots.unique();
        String secret = Pilots.register(system, stamp, "demo");
        String body = "{\"pilot_stamp\":\"" + stamp + "\",\"pilot_secret\":\"" + secret + "\"}";

        assertThat(anonymous.post("/api/auth/secret-exchange", body).status()).isEqualTo(200);
        Answer second = anonymous.post("/api/auth/secret-exchange", body);
        assertThat(second.status()).isEqualTo(401);
        assertThat(second.text()).doesNotContain(secret);
    }

    private static List<Answer> everyRouteOn(Http caller, long job) {
        return List.of(
                caller.get("/api/jobs/" + job),
                caller.get("/api/jobs/" + job + "/log"),
                caller.get("/api/jobs/" + job + "/explain"),
                caller.get("/api/jobs/" + job + "/parameters"),
                caller.get("/api/jobs/" + job + "/jdl"),
                JobsHttpIT.status(caller, job, "Done", "Execution Complete"),
                caller.patch("/api/jobs/heartbeat", heartbeat(job)),
                caller.post("/api/jobs/reschedule", "{\"job_ids\":[" + job + "]}"),
                caller.patch("/api/jobs/metadata", "{\"" + job + "\":{\"HostName\":\"mine\"}}"),
                caller.get("/api/jobs/" + job + "/sandbox"),
                caller.get("/api/jobs/" + job + "/sandbox/input"),
                caller.get("/api/jobs/" + job + "/sandbox/output"),
                caller.send(
                        "PATCH",
                        "/api/jobs/" + job + "/sandbox/output",
                        Http.JSON,
                        BodyPublishers.ofString("\"SB:SandboxSE|/S3/sandboxes/demo/demo_user/alice/sha256:"
                                + "0".repeat(64) + ".tar.zst\"")),
                caller.delete("/api/jobs/" + job + "/sandbox"),
                caller.post("/api/jobs/sandbox/unassign", "{\"job_ids\":[" + job + "]}"));
    }

    private static String heartbeat(long job) {
        return "{\"" + job + "\":{\"LoadAverage\":0.5}}";
    }
}
