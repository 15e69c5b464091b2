/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What those who run an installation see and do that others do not. */
class AdministrationHttpIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private static RunningSystem system;
    private static Http root;
    private static Http alice;
    private static Http bob;
    private static Http carol;

    @BeforeAll
    static void start() {
        system = RunningSystem.up();
        root = system.user("root");
        alice = system.user("alice");
        bob = system.user("bob");
        carol = system.user("carol");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/audit",
                "/api/audit/trace?job=1",
                "/api/suspensions",
                "/api/registry/users",
                "/api/registry/groups"
            })
    void othersSeeNothingOfIt(String route) {
        assertThat(alice.get(route).status()).isEqualTo(403);
        assertThat(system.anonymous().get(route).status()).isEqualTo(401);
        assertThat(root.get(route).status()).isEqualTo(200);
    }

    @Test
    void theAuditLogKnowsWhoLoggedInFromWhereAndWithWhichToken() {
        JsonNode row = rows("act=log-in&user=alice").get(0);

        assertThat(row.path("vo").asText()).isEqualTo("demo");
        assertThat(row.path("actor").asText()).isEqualTo("user:demo:a-1");
        assertThat(row.path("outcome").asText()).isEqualTo("DONE");
        assertThat(row.path("address").asText()).isEqualTo("127.0.0.1");
        assertThat(row.path("credential").asText()).hasSize(36);
        assertThat(row.path("target").asText()).startsWith("session:");
        assertThat(row.path("request_id").asText()).isNotEmpty();
        assertThat(rows("credential=" + row.path("credential").asText())).isNotEmpty();
    }

    @Test
    void refusalsAreInTheAuditLog() {
        String unique = "no-token-" + JobsHttpIT.unique();
        assertThat(alice.post("/api/pilots/search", "{\"x\":1}").status()).isNotEqualTo(200);
        assertThat(alice.get("/api/audit").status()).isEqualTo(403);
        Http pilot = Pilots.started(system, Pilots.unique());
        assertThat(pilot.get("/api/auth/refresh-tokens").status()).isEqualTo(403);

        // other tests may have used up this minute's rows of strangers
        await().atMost(Duration.ofSeconds(75)).untilAsserted(() -> {
            assertThat(system.anonymous().as(unique).get("/api/auth/userinfo").status())
                    .isEqualTo(401);
            assertThat(rows("act=authentication&outcome=REFUSED&address=127.0.0.1&target="
                            + Http.encoded("GET /api/auth/userinfo")))
                    .isNotEmpty();
        });
        await().atMost(SOON).untilAsserted(() -> assertThat(rows("act=access&target=Sessions.list"))
                .isNotEmpty());
        assertThat(root.get("/api/audit?limit=10000").text()).doesNotContain(unique);
    }

    @Test
    void whateverStrangersAskForTheirRowsAreFewAndTheRestIsCounted() {
        Instant begin = Instant.now();
        for (int request = 0; request < 200; request++) {
            String path = "/api/jobs/" + request + "/"
                    + Character.toString('a' + request % 26).repeat(1 + request / 26);
            assertThat(system.anonymous().as("x").get(path).status()).isEqualTo(401);
        }

        await().atMost(Duration.ofSeconds(75))
                .untilAsserted(() -> assertThat(rows("act=left-out&address=127.0.0.1&from=" + begin))
                        .anySatisfy(row -> assertThat(row.path("times").asInt()).isGreaterThan(50)));
        assertThat(rows("act=authentication&address=127.0.0.1&from=" + begin))
                .hasSizeLessThan(100)
                .noneSatisfy(row -> assertThat(row.path("target").asText()).containsPattern("[0-9]"));
    }

    @Test
    void pagesOfTheAuditLogFollowEachOther() {
        Answer first = root.get("/api/audit?limit=1");
        String next = first.json().path("next").asText();
        Answer second = root.get("/api/audit?limit=1&cursor=" + next);

        assertThat(second.status()).as(second.toString()).isEqualTo(200);
        assertThat(second.json().at("/records/0")).isNotEqualTo(first.json().at("/records/0"));
        assertThat(root.get("/api/audit?cursor=x").status()).isEqualTo(400);
        assertThat(root.get("/api/audit?act=dancing").detail()).contains("log-in");
    }

    @Test
    void whoeverIsSuspendedIsShutOutAtOnceAndTheOthersAreNot() {
        long id = suspend("user", "bob");
        try {
            Answer refused = bob.get("/api/auth/userinfo");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.json().path("code").asText()).isEqualTo("SUSPENDED");
            assertThat(refused.detail()).startsWith("The user bob of the VO demo is suspended.");
            assertThat(refused.text()).doesNotContain("a test");
            Answer refresh = system.anonymous()
                    .form(
                            "/api/auth/token",
                            Map.of(
                                    "grant_type",
                                    "refresh_token",
                                    "client_id",
                                    RunningSystem.CLIENT,
                                    "refresh_token",
                                    system.refreshToken("bob")));
            assertThat(refresh.status()).as(refresh.toString()).isEqualTo(403);
            assertThat(alice.get("/api/auth/userinfo").status()).isEqualTo(200);
            assertThat(root.get("/api/suspensions").text()).contains("a test");
        } finally {
            assertThat(root.delete("/api/suspensions/" + id).status()).isEqualTo(204);
        }
        assertThat(bob.get("/api/auth/userinfo").status()).isEqualTo(200);
        assertThat(rows("act=suspension&target=user:bob")).isNotEmpty();
        assertThat(rows("act=resumption&target=user:bob")).isNotEmpty();
    }

    @Test
    void jobsOfASuspendedUserWaitAndHisRunningOnesLoseTheirTokens() {
        Pilots.Running running = Pilots.runningOneJobOf(bob, system);
        String tag = "T" + Pilots.unique().substring(0, 20);
        long waiting = JobsHttpIT.ids(bob.post(
                        "/api/jobs/jdl", JobsHttpIT.jdls("Executable = \"/bin/true\"; Tags = {\"" + tag + "\"};")))
                .get(0);
        long id = suspend("user", "bob");
        try {
            assertThat(running.wrapper().get("/api/jobs/" + running.job()).status())
                    .isEqualTo(403);
            assertThat(Pilots.match(running.pilot(), tag).isMissingNode()).isTrue();
        } finally {
            root.delete("/api/suspensions/" + id);
        }
        assertThat(Pilots.match(running.pilot(), tag).path("JobID").asLong()).isEqualTo(waiting);
        assertThat(running.wrapper().get("/api/jobs/" + running.job()).status()).isEqualTo(200);
    }

    @Test
    void aLinkToASandboxOfASuspendedUserLeadsNowhere() {
        String pfn = SandboxesHttpIT.upload(
                bob, ("sandbox " + JobsHttpIT.unique()).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        String link = bob.get("/api/jobs/sandbox?pfn=" + Http.encoded(pfn))
                .json()
                .path("url")
                .asText();
        String path = link.substring(link.indexOf("/api/"));
        assertThat(system.anonymous().get(path).status()).isEqualTo(200);
        long id = suspend("user", "bob");
        try {
            assertThat(system.anonymous().get(path).status()).isEqualTo(403);
        } finally {
            root.delete("/api/suspensions/" + id);
        }
        assertThat(system.anonymous().get(path).status()).isEqualTo(200);
    }

    @Test
    void aSuspendedSiteTakesItsPilotsAndTheirJobsWithIt() {
        Pilots.Running running = Pilots.runningOneJobOf(bob, system);
        long id = suspend("site", "DIRAC.Nowhere.test");
        try {
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(running.wrapper().get("/api/jobs/" + running.job()).status())
                        .isEqualTo(403);
                assertThat(running.pilot().get("/api/config").status()).isEqualTo(403);
            });
        } finally {
            root.delete("/api/suspensions/" + id);
        }
        assertThat(running.pilot().get("/api/config").status()).isEqualTo(200);
    }

    @Test
    void aBannedSiteGetsNoMoreJobsAndWhatRunsThereGoesOn() {
        Pilots.Running running = Pilots.runningOneJobOf(bob, system);
        String tag = "T" + Pilots.unique().substring(0, 20);
        long waiting = JobsHttpIT.ids(bob.post(
                        "/api/jobs/jdl", JobsHttpIT.jdls("Executable = \"/bin/true\"; Tags = {\"" + tag + "\"};")))
                .get(0);
        Answer banned = root.post(
                "/api/bans", "{\"kind\":\"site\",\"name\":\"DIRAC.Nowhere.test\",\"reason\":\"a test of bans\"}");
        assertThat(banned.status()).as(banned.toString()).isEqualTo(200);
        assertThat(banned.json().path("vo").asText()).isEqualTo("demo");
        try {
            assertThat(Pilots.match(running.pilot(), tag).isMissingNode()).isTrue();
            assertThat(running.wrapper().get("/api/jobs/" + running.job()).status())
                    .isEqualTo(200);
            assertThat(alice.get("/api/bans").text()).contains("a test of bans");
            assertThat(alice.post(
                                    "/api/bans",
                                    "{\"kind\":\"site\",\"name\":\"DIRAC.Nowhere.test\",\"reason\":\"mine\"}")
                            .status())
                    .isEqualTo(403);
        } finally {
            assertThat(root.delete("/api/bans/" + banned.json().path("id").asLong() + "?reason=over")
                            .status())
                    .isEqualTo(204);
        }
        assertThat(Pilots.match(running.pilot(), tag).path("JobID").asLong()).isEqualTo(waiting);
        JsonNode last = alice.get("/api/bans/history?kind=site&name=DIRAC.Nowhere.test")
                .json()
                .path("bans")
                .path(0);
        assertThat(last.path("reason").asText()).isEqualTo("a test of bans");
        assertThat(last.path("lifted_by").asText()).isEqualTo("root");
        assertThat(last.path("lifted_reason").asText()).isEqualTo("over");
    }

    @Test
    void whatCannotBeSuspendedIsRefused() {
        assertThat(root.post("/api/suspensions", order("user", "root")).detail())
                .contains("yourself");
        assertThat(root.post("/api/suspensions", order("user", "nobody")).status())
                .isEqualTo(400);
        assertThat(root.post("/api/suspensions", order("moon", "x")).detail()).contains("user, subject");
        assertThat(alice.post("/api/suspensions", order("user", "bob")).status())
                .isEqualTo(403);
        assertThat(carol.post("/api/suspensions", order("user", "bob")).status())
                .isEqualTo(403);
        assertThat(root.delete("/api/suspensions/999999999").status()).isEqualTo(404);
    }

    @Test
    void aTraceNamesUserCredentialPilotPayloadAndTokens() {
        Pilots.Running running = Pilots.runningOneJobOf(bob, system);

        JsonNode trace =
                root.get("/api/audit/trace?job=" + running.job()).json().at("/attempts/0");
        assertThat(trace.path("user").asText()).isEqualTo("bob");
        assertThat(trace.path("submitted_with").asText()).startsWith("ACCESS_TOKEN ");
        assertThat(trace.path("submitted_from").asText()).isEqualTo("127.0.0.1");
        assertThat(trace.path("description_hash").asText()).hasSize(64);
        assertThat(trace.path("pilot").asText()).isEqualTo(running.stamp());
        assertThat(trace.path("tokens")).hasSize(1);
        assertThat(trace.path("address").asText()).isEqualTo("127.0.0.1");

        Answer there = root.get("/api/audit/trace?address=127.0.0.1&time="
                + Http.encoded(Instant.now().toString()));
        assertThat(StreamSupport.stream(there.json().path("attempts").spliterator(), false)
                        .map(row -> row.path("job").asLong()))
                .contains(running.job());
    }

    @Test
    void aRuleOfTheConfigurationOverridesTheCodesAndIsExplained() {
        ConfigurationCalls configuration = new ConfigurationCalls(root);
        String path = "/Systems/Framework/Services/Sessions/Authorization/list";
        assertThat(alice.get("/api/auth/refresh-tokens").status()).isEqualTo(200);
        assertThat(explained("operation=Sessions.list").path("allowed").asBoolean())
                .isTrue();
        assertThat(configuration.set(path, "group:demo_admin").status()).isEqualTo(201);
        try {
            assertThat(alice.get("/api/auth/refresh-tokens").status()).isEqualTo(403);
            assertThat(root.get("/api/auth/refresh-tokens").status()).isEqualTo(200);
            JsonNode answer = explained("operation=Sessions.list");
            assertThat(answer.path("allowed").asBoolean()).isFalse();
            assertThat(answer.path("configured_at").asText()).isEqualTo(path);
            assertThat(answer.path("allowing_groups").toString()).isEqualTo("[\"demo_admin\"]");
            assertThat(configuration.set(path, "Operater").detail()).contains("Is Operator meant?");
        } finally {
            configuration.set(path, "");
        }
        assertThat(alice.get("/api/auth/refresh-tokens").status()).isEqualTo(200);
        assertThat(alice.get("/api/auth/policy").json().findValuesAsText("operation"))
                .contains("JobSubmission.submit", "Matcher.match", "Sessions.list");
        assertThat(alice.get("/api/auth/policy?operation=Sessions.list&user=bob")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void tooManyRequestsAreToldWhenToComeAgain() {
        ConfigurationCalls configuration = new ConfigurationCalls(root);
        String section = "/Operations/other/Services/API/RateLimits/";
        assertThat(configuration
                        .commit(ConfigurationCalls.edits(
                                Map.of(section + "UserRate", "0.1", section + "UserBurst", "3")))
                        .status())
                .isEqualTo(201);
        try {
            Answer last = carol.get("/api/auth/userinfo");
            for (int request = 0; request < 5 && last.status() == 200; request++) {
                last = carol.get("/api/auth/userinfo");
            }
            assertThat(last.status()).isEqualTo(429);
            assertThat(Integer.parseInt(last.header("Retry-After").orElseThrow()))
                    .isBetween(1, 11);
            assertThat(last.header("RateLimit-Policy")).contains("\"user\";q=3;w=30");
            assertThat(last.header("RateLimit").orElseThrow()).startsWith("\"user\";r=0;t=");
            assertThat(alice.get("/api/auth/userinfo").status()).isEqualTo(200);
        } finally {
            configuration.commit(
                    ConfigurationCalls.edits(Map.of(section + "UserRate", "0", section + "UserBurst", "1")));
        }
        Answer flow = system.anonymous()
                .send(system.anonymous()
                        .request("/api/auth/device?client_id=" + RunningSystem.CLIENT + "&scope=vo%3Ademo")
                        .POST(BodyPublishers.noBody()));
        assertThat(flow.header("RateLimit-Policy")).contains("\"log-in\";q=1000;w=10");
    }

    @Test
    void usersAreRegisteredAndPutIntoGroups() {
        String name = "u" + JobsHttpIT.unique().substring(0, 12);
        Answer added = root.post(
                "/api/registry/users",
                "{\"user\":\"" + name + "\",\"subject\":\"" + name
                        + "-sub\",\"groups\":[\"demo_user\"],\"message\":\"new\"}");
        assertThat(added.status()).as(added.toString()).isEqualTo(200);
        assertThat(membership("demo_admin", name, true)).isEqualTo(200);
        assertThat(root.get("/api/registry/groups").json().findParents("group").toString())
                .contains(name);
        assertThat(membership("demo_admin", name, false)).isEqualTo(200);
        JsonNode user = StreamSupport.stream(
                        root.get("/api/registry/users").json().spliterator(), false)
                .filter(row -> row.path("user").asText().equals(name))
                .findFirst()
                .orElseThrow();
        assertThat(user.path("subject").asText()).isEqualTo(name + "-sub");
        assertThat(user.path("groups").toString()).isEqualTo("[\"demo_user\"]");
        assertThat(alice.post("/api/registry/users", "{\"user\":\"x\",\"message\":\"m\"}")
                        .status())
                .isEqualTo(403);
        String path = "/api/registry/users/" + name + "?message=gone";
        assertThat(alice.delete(path).status()).isEqualTo(403);
        assertThat(root.delete(path).status()).isEqualTo(200);
        assertThat(root.get("/api/registry/users").text()).doesNotContain(name);
        assertThat(root.get("/api/registry/groups").text()).doesNotContain(name);
        assertThat(root.delete(path).status()).isEqualTo(400);
    }

    private static int membership(String group, String user, boolean member) {
        return root.post(
                        "/api/registry/groups/" + group + "/members",
                        "{\"user\":\"" + user + "\",\"member\":" + member + ",\"message\":\"m\"}")
                .status();
    }

    private static JsonNode explained(String query) {
        Answer answer = alice.get("/api/auth/policy?" + query);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().path(0);
    }

    private static JsonNode rows(String query) {
        Answer answer = root.get("/api/audit?limit=1000&" + query);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().path("records");
    }

    private static long suspend(String kind, String name) {
        Answer answer = root.post("/api/suspensions", order(kind, name));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().path("id").asLong();
    }

    private static String order(String kind, String name) {
        return "{\"kind\":\"" + kind + "\",\"name\":\"" + name + "\",\"reason\":\"a test\"}";
    }
}
