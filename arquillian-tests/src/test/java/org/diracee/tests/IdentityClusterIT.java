/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.diracee.database.EmbeddedDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whoever is known on one node is known on the other, and whoever is shut out on one is shut out on both. */
class IdentityClusterIT {

    private static final Duration SUSPENDED_WITHIN = Duration.ofSeconds(5);

    private static RunningSystem system;
    private static RunningNode first;
    private static RunningNode second;

    @BeforeAll
    static void start() {
        system = RunningSystem.ofItsOwn("system-identity", 2);
        first = system.node(0);
        second = system.node(1);
        // at once: one of them makes the key that seals secrets, and the other takes it
        CompletableFuture.allOf(Stream.of(first, second)
                        .map(node -> CompletableFuture.runAsync(
                                () -> node.start(Map.of("DIRAC_CLUSTER_HOSTS", clusterHosts()))))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    @AfterAll
    static void close() {
        system.close();
    }

    @Test
    void aSuspensionCountsOnTheOtherNodeWithinFiveSecondsForWhateverTheUserHolds() {
        Http bobOnSecond = system.user("bob", second);
        Pilots.Running running = Pilots.runningOneJobOf(system.user("bob", first), system);
        Http wrapperOnSecond = second.anonymous().as(running.wrapper().token());
        String pfn = SandboxesHttpIT.upload(
                system.user("bob", first), ("s " + JobsHttpIT.unique()).getBytes(StandardCharsets.UTF_8));
        String link = bobOnSecond
                .get("/api/jobs/sandbox?pfn=" + Http.encoded(pfn))
                .json()
                .path("url")
                .asText();
        String path = link.substring(link.indexOf("/api/"));
        assertThat(bobOnSecond.get("/api/auth/userinfo").status()).isEqualTo(200);

        long id = suspend("user", "bob");
        try {
            await().atMost(SUSPENDED_WITHIN).untilAsserted(() -> {
                assertThat(bobOnSecond.get("/api/auth/userinfo").status()).isEqualTo(403);
                assertThat(wrapperOnSecond.get("/api/jobs/" + running.job()).status())
                        .isEqualTo(403);
                assertThat(second.anonymous().get(path).status()).isEqualTo(403);
                assertThat(refresh(second, system.refreshToken("bob")).status()).isEqualTo(403);
            });
        } finally {
            resume(id);
        }
        await().atMost(SUSPENDED_WITHIN).untilAsserted(() -> {
            assertThat(bobOnSecond.get("/api/auth/userinfo").status()).isEqualTo(200);
            assertThat(wrapperOnSecond.get("/api/jobs/" + running.job()).status())
                    .isEqualTo(200);
        });
    }

    @Test
    void aSuspendedPilotIsOutOnTheOtherNodeWithItsJob() {
        Pilots.Running running = Pilots.runningOneJobOf(system.user("bob", first), system);
        Http pilotOnSecond = second.anonymous().as(running.pilot().token());
        Http wrapperOnSecond = second.anonymous().as(running.wrapper().token());
        long id = suspend("pilot", running.stamp());
        try {
            await().atMost(SUSPENDED_WITHIN).untilAsserted(() -> {
                assertThat(pilotOnSecond.get("/api/config").status()).isEqualTo(403);
                assertThat(wrapperOnSecond.get("/api/jobs/" + running.job()).status())
                        .isEqualTo(403);
            });
        } finally {
            resume(id);
        }
    }

    @Test
    void aBanOfASiteStopsHandOutOnTheOtherNode() {
        String tag = "T" + Pilots.unique().substring(0, 20);
        system.user("bob", first)
                .post(
                        "/api/jobs/jdl",
                        JobsHttpIT.jdls("Executable = \"/bin/true\"; Parameters = 500; Tags = {\"" + tag + "\"};"));
        Http pilotOnSecond =
                second.anonymous().as(Pilots.started(system, Pilots.unique()).token());
        assertThat(Pilots.match(pilotOnSecond, tag).path("JobID").asLong()).isPositive();
        Answer banned = system.user("root", first)
                .post("/api/bans", "{\"kind\":\"site\",\"name\":\"DIRAC.Nowhere.test\",\"reason\":\"a test\"}");
        try {
            await().atMost(SUSPENDED_WITHIN).untilAsserted(() -> assertThat(
                            Pilots.match(pilotOnSecond, tag).isMissingNode())
                    .isTrue());
        } finally {
            system.user("root", first)
                    .delete("/api/bans/" + banned.json().path("id").asLong() + "?reason=over");
        }
        await().atMost(SUSPENDED_WITHIN).untilAsserted(() -> assertThat(
                        Pilots.match(pilotOnSecond, tag).path("JobID").asLong())
                .isPositive());
    }

    @Test
    void whileTheDatabaseIsAwayASuspensionGoesOnCounting() {
        Http bobOnSecond = system.user("bob", second);
        Http aliceOnSecond = system.user("alice", second);
        long id = suspend("user", "bob");
        try {
            await().atMost(SUSPENDED_WITHIN).untilAsserted(() -> assertThat(
                            bobOnSecond.get("/api/auth/userinfo").status())
                    .isEqualTo(403));
            system.database().kill();
            assertThat(bobOnSecond.get("/api/auth/userinfo").status()).isEqualTo(403);
            assertThat(aliceOnSecond.get("/api/auth/userinfo").status()).isEqualTo(200);
        } finally {
            system.database().recover();
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> resume(id));
        }
    }

    @Test
    void aRefreshTokenUsedAgainOnTheOtherNodeEndsAllSessions() {
        String original = session();
        Answer renewed = refresh(first, original);
        assertThat(renewed.status()).as(renewed.toString()).isEqualTo(200);

        Answer again = refresh(second, original);
        assertThat(again.status()).isEqualTo(401);
        assertThat(again.detail()).startsWith("Refresh token reuse detected");
        String next = renewed.json().path("refresh_token").asText();
        assertThat(refresh(first, next).status()).isEqualTo(401);
        assertThat(rows("act=token-refresh&outcome=REFUSED")).isNotEmpty();
    }

    @Test
    void ofRefreshesOnBothNodesAtOnceOneSucceeds() {
        String original = session();
        List<Integer> statuses = Stream.of(first, second, first, second)
                .map(node -> CompletableFuture.supplyAsync(
                        () -> refresh(node, original).status()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(statuses).containsOnly(200, 401);
        assertThat(statuses.stream().filter(status -> status == 200)).hasSize(1);
    }

    @Test
    void aSessionRevokedOnOneNodeIsOverOnTheOther() {
        String token = session();
        Answer revoked =
                first.anonymous().form("/api/auth/revoke", Map.of("token", token, "client_id", RunningSystem.CLIENT));
        assertThat(revoked.status()).as(revoked.toString()).isEqualTo(200);

        assertThat(refresh(second, token).status()).isEqualTo(401);
        assertThat(rows("act=session-end")).isNotEmpty();
    }

    @Test
    void keysTurnWithoutARefusedRequestOnEitherNode() {
        String before = kid(system.user("root", first).token());
        ConfigurationCalls configuration = new ConfigurationCalls(system.user("root", first));
        String agent = "/Systems/Framework/Agents/SigningKeyAgent/";
        assertThat(configuration
                        .commit(ConfigurationCalls.edits(Map.of(
                                agent + "PollingTime", "1", agent + "KeyLifetime", "120", agent + "Overlap", "120")))
                        .status())
                .isEqualTo(201);
        try {
            // the agent looks at its period only when it wakes up: on a node that starts that is soon
            system.sql("update framework.agent_lease set next_due = '-infinity' where name = 'SigningKeyAgent'");
            second.stop();
            second.start(Map.of("DIRAC_CLUSTER_HOSTS", clusterHosts()));
            // as if a day had passed: first the next key is published, then it takes over
            system.sql("update framework.signing_key set created = created - interval '1 day',"
                    + " activated = activated - interval '1 day' where signing");
            await().atMost(Duration.ofSeconds(60)).until(() -> keys() == 2);
            system.sql("update framework.signing_key set created = created - interval '1 day' where activated is null");
            await().atMost(Duration.ofSeconds(120))
                    .pollInterval(Duration.ofMillis(250))
                    .untilAsserted(() -> {
                        String onFirst = access(first);
                        String onSecond = access(second);
                        for (String token : List.of(onFirst, onSecond)) {
                            for (RunningNode node : List.of(first, second)) {
                                Answer answer = node.anonymous().as(token).get("/api/auth/userinfo");
                                if (answer.status() != 200) {
                                    throw new IllegalStateException("a good token was refused: " + answer);
                                }
                            }
                        }
                        assertThat(kid(onFirst)).isNotEqualTo(before);
                        assertThat(kid(onSecond)).isNotEqualTo(before);
                    });
            assertThat(system.user("alice", second).get("/api/auth/userinfo").status())
                    .as("a token of the former key")
                    .isEqualTo(200);
        } finally {
            configuration.commit(ConfigurationCalls.edits(Map.of(agent + "KeyLifetime", "7776000")));
        }
    }

    private static String clusterHosts() {
        return Stream.of(first, second).map(RunningNode::clusterHost).collect(Collectors.joining(","));
    }

    private static long suspend(String kind, String name) {
        Answer answer = system.user("root", first)
                .post(
                        "/api/suspensions",
                        "{\"kind\":\"" + kind + "\",\"name\":\"" + name + "\",\"reason\":\"a test\"}");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().path("id").asLong();
    }

    private static void resume(long id) {
        assertThat(system.user("root", first).delete("/api/suspensions/" + id).status())
                .isIn(204, 404);
    }

    /** The refresh token of a log-in of carol, of whom no other test here is. */
    private static String session() {
        return login(first).path("refresh_token").asText();
    }

    private static String access(RunningNode node) {
        return login(node).path("access_token").asText();
    }

    private static JsonNode login(RunningNode node) {
        Http anonymous = node.anonymous();
        Answer flow = anonymous.send(anonymous
                .request("/api/auth/device?client_id=" + RunningSystem.CLIENT + "&scope=vo%3Aother")
                .POST(java.net.http.HttpRequest.BodyPublishers.noBody()));
        Approval.approve(
                first.anonymous(), flow.json().path("verification_uri_complete").asText(), "carol", "pw-carol");
        Answer tokens = anonymous.form(
                "/api/auth/token",
                Map.of(
                        "grant_type",
                        "urn:ietf:params:oauth:grant-type:device_code",
                        "client_id",
                        RunningSystem.CLIENT,
                        "device_code",
                        flow.json().path("device_code").asText()));
        assertThat(tokens.status()).as(tokens.toString()).isEqualTo(200);
        return tokens.json();
    }

    private static Answer refresh(RunningNode node, String token) {
        return node.anonymous()
                .form(
                        "/api/auth/token",
                        Map.of(
                                "grant_type",
                                "refresh_token",
                                "client_id",
                                RunningSystem.CLIENT,
                                "refresh_token",
                                token));
    }

    private static JsonNode rows(String query) {
        return system.user("root", first).get("/api/audit?" + query).json().path("records");
    }

    private static String kid(String token) {
        String header = new String(
                Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.'))), StandardCharsets.UTF_8);
        return header.replaceAll(".*\"kid\":\"([^\"]+)\".*", "$1");
    }

    private static int keys() {
        try (var connection = database().dataSource().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select count(*) from framework.signing_key where algorithm in ('EdDSA', 'Ed25519') and retired is null")) {
            rows.next();
            return rows.getInt(1);
        } catch (java.sql.SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static EmbeddedDatabase database() {
        return system.database();
    }
}
