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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file catalogue over HTTP: what goes in comes out, by LFN, with a problem for what fails. */
class FilesHttpIT {

    static Http alice;
    static Http bob;
    static String vo;

    final String home = "/" + vo + "/user/a/alice/" + Pilots.unique();

    @BeforeAll
    static void connect() {
        RunningSystem system = RunningSystem.up();
        alice = system.user("alice");
        bob = system.user("bob");
        vo = alice.get("/api/auth/userinfo").json().path("vo").asText();
    }

    @Test
    void registersFindsListsMovesAndRemoves() {
        String file = home + "/f";
        Answer registered = register(file, 10);
        assertThat(registered.status()).as(registered.toString()).isEqualTo(200);
        assertThat(registered.json().path("success").path(file).path("made").asBoolean())
                .isTrue();
        assertThat(register("lfn:/grid" + file + "/", 10)
                        .json()
                        .path("success")
                        .path(file)
                        .path("made")
                        .asText())
                .isEqualTo("false");
        JsonNode other = register(file, 11).json().path("failed").path(file);
        assertThat(other.path("code").asText()).isEqualTo("CONFLICT");
        assertThat(other.path("detail").asText()).contains("another size: 10");

        JsonNode entry = named("entries", file).path("success").path(file);
        assertThat(entry.path("kind").asText()).isEqualTo("file");
        assertThat(entry.path("owner").asText()).isEqualTo("alice");
        assertThat(entry.path("mode").asText()).isEqualTo("775");
        assertThat(entry.path("adler32").asText()).isEqualTo("0000000a");
        assertThat(entry.path("size").asLong()).isEqualTo(10);

        JsonNode list = alice.get("/api/files/list?replicas=true&directory=" + Http.encoded(home))
                .json();
        assertThat(list.path("entries")
                        .path(0)
                        .path("replicas")
                        .path(0)
                        .path("se")
                        .asText())
                .isEqualTo("Test-disk");
        assertThat(list.has("next")).isFalse();
        assertThat(named("usage", home).path("success").path(home).toString())
                .isEqualTo(
                        "{\"files\":1,\"bytes\":10,\"storage_elements\":{\"Test-disk\":{\"replicas\":1,\"bytes\":10}}}");

        Answer moved = alice.post("/api/files/move", "{\"" + file + "\": \"" + home + "/g\"}");
        assertThat(moved.json().path("success").path(file).asText()).isEqualTo(home + "/g");
        assertThat(named("entries", file)
                        .path("failed")
                        .path(file)
                        .path("detail")
                        .asText())
                .isEqualTo("No such file or directory: " + file);
        assertThat(named("remove", home + "/g")
                        .path("success")
                        .path(home + "/g")
                        .asBoolean())
                .isTrue();
        assertThat(named("directories/remove", home).path("success").path(home).asBoolean())
                .isTrue();
    }

    @Test
    void closesADirectoryToOthersOfTheVo() {
        register(home + "/f", 1);
        Answer changed = alice.patch(
                "/api/files/entries?recursive=true", "{\"" + home + "\": {\"mode\": \"700\", \"acl\": []}}");
        assertThat(changed.json().path("success").path(home).asInt())
                .as(changed.toString())
                .isEqualTo(2);
        assertThat(bob.get("/api/files/list?directory=" + Http.encoded(home)).status())
                .isEqualTo(403);
        assertThat(bob.get("/api/files/list?directory=" + Http.encoded("/another/user"))
                        .status())
                .isEqualTo(404);
        assertThat(bob.get("/api/files/dump?se=Test-disk").status()).isEqualTo(403);
    }

    @Test
    void leadsJobsToTheSiteNearTheirInputData() {
        ConfigurationCalls configuration =
                new ConfigurationCalls(RunningSystem.up().user("root"));
        long before = configuration.inForce();
        try {
            Answer set = configuration.set("/Resources/Sites/DIRAC.Nowhere.test/SE", "Test-disk");
            assertThat(set.status()).as(set.toString()).isIn(200, 201);
            String file = home + "/input";
            assertThat(register(file, 10).json().path("failed")).isEmpty();

            long near = submitted(file);
            long missing = submitted(home + "/missing");
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                assertThat(alice.get("/api/jobs/" + near).json().path("Status").asText())
                        .isEqualTo("Waiting");
                assertThat(alice.get("/api/jobs/" + missing)
                                .json()
                                .path("Status")
                                .asText())
                        .isEqualTo("Failed");
            });
            assertThat(alice.get("/api/jobs/" + near).json().path("Site").asText())
                    .isEqualTo("DIRAC.Nowhere.test");
            assertThat(alice.get("/api/jobs/" + missing)
                            .json()
                            .path("ApplicationStatus")
                            .asText())
                    .contains("no replica of " + home + "/missing");
        } finally {
            configuration.rollBack(before);
        }
    }

    private static long submitted(String input) {
        return JobsHttpIT.ids(alice.post(
                        "/api/jobs/jdl",
                        JobsHttpIT.jdls("Executable = \"/bin/true\"; InputData = {\"LFN:" + input + "\"};")))
                .get(0);
    }

    @Test
    void boundsWhatAUserMayHaveToWhatTheManagerSays() {
        String user = alice.get("/api/auth/userinfo")
                .json()
                .path("preferred_username")
                .asText();
        Answer refused = alice.send(alice.request("/api/files/quotas")
                .header("Content-Type", Http.JSON)
                .PUT(BodyPublishers.ofString("{\"kind\":\"user\",\"name\":\"" + user + "\",\"files\":0}")));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(alice.get("/api/files/quotas").status()).isEqualTo(403);
        Answer mine = alice.get("/api/files/quotas/mine?directory=" + Http.encoded(home));
        assertThat(mine.status()).as(mine.toString()).isEqualTo(200);
        assertThat(mine.json()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /demo/user/../x  | without . or ..
            demo/x           | absolute path
            /demo/a%b         | control characters
            """)
    void refusesWhatIsNoLfn(String lfn, String allowed) {
        Answer answer = alice.post("/api/files/entries", "{\"lfns\": [\"" + lfn.replace("%", "\\u0007") + "\"]}");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.detail()).contains("is no LFN", allowed);
    }

    private static Answer register(String lfn, long size) {
        return alice.post("/api/files", """
                {"files": [{"lfn": "%s", "size": %d, "adler32": "a", "replicas": [{"se": "Test-disk", "pfn": "root://elsewhere/f"}]}]}""".formatted(lfn, size));
    }

    private static JsonNode named(String route, String lfn) {
        Answer answer = alice.post("/api/files/" + route, "{\"lfns\": [\"" + lfn + "\"]}");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }
}
