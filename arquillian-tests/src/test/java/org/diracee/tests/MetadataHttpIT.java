/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** User metadata over HTTP: declared, written, inherited, searched for, and kept as datasets. */
class MetadataHttpIT {

    static Http alice;
    static Http bob;
    static Http admin;
    static String vo;

    final String unique = Pilots.unique().substring(0, 8);
    final String run = "run_" + unique;
    final String quality = "quality_" + unique;
    final String home = "/" + vo + "/user/a/alice/" + unique;
    final String first = home + "/one/f";
    final String second = home + "/two/f";

    @BeforeAll
    static void connect() {
        RunningSystem system = RunningSystem.up();
        alice = system.user("alice");
        bob = system.user("bob");
        admin = system.user("root");
        vo = alice.get("/api/auth/userinfo").json().path("vo").asText();
    }

    @Test
    void declaresWritesFindsAndKeeps() {
        for (String lfn : List.of(first, second)) {
            ok(alice.post("/api/files", """
                    {"files": [{"lfn": "%s", "size": 7, "replicas": [{"se": "Test-disk"}]}]}""".formatted(lfn)));
        }
        assertThat(declare(alice, run, "directory", "int").status()).isEqualTo(403);
        ok(declare(admin, run, "directory", "int"));
        ok(declare(admin, quality, "file", "float"));
        assertThat(declare(admin, run, "directory", "float").status()).isEqualTo(409);

        JsonNode written = ok(alice.patch(
                "/api/files/metadata", """
                {"%s": {"%s": 1, "note": "free"}, "%s": {"%s": "0.5"}, "%s": {"%s": "one"}}""".formatted(home + "/one", run, first, quality, home + "/two", run)));
        assertThat(written.path("success").path(home + "/one").asInt()).isEqualTo(2);
        JsonNode failed = written.path("failed").path(home + "/two");
        assertThat(failed.path("detail").asText()).contains("'one' is no int: allowed is a whole number");
        JsonNode twice = ok(alice.patch("/api/files/metadata", "{\"" + home + "\": {\"" + run + "\": 2}}"));
        assertThat(twice.path("failed").path(home).path("code").asText()).isEqualTo("CONFLICT");
        assertThat(twice.path("failed").path(home).path("detail").asText()).startsWith("Metadata conflict: '" + run);

        JsonNode item = ok(bob.post("/api/files/metadata", "{\"lfns\": [\"" + first + "\"]}"))
                .path("success")
                .path(first)
                .path(run);
        assertThat(item.toString()).isEqualTo("{\"value\":1,\"type\":\"int\",\"origin\":\"" + home + "/one\"}");

        assertThat(found(bob, "files", "{\"" + run + "\": {\">=\": 1}}")).containsExactly(first);
        assertThat(found(bob, "files", "{\"" + run + "\": \"Missing\", \"SE\": \"Test-disk\"}"))
                .containsExactly(second);
        assertThat(found(bob, "directories", "{\"" + run + "\": [1, 2]}")).containsExactly(home + "/one");
        assertThat(ok(find(bob, "values", "{}")).path(run).toString()).isEqualTo("[1]");
        Answer wrong = find(bob, "files", "{\"" + run + "\": \"x\"}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.detail()).contains("'" + run + "': 'x' is no int");
        assertThat(find(bob, "files", "{\"nothing_" + unique + "\": 1}").detail())
                .contains("is not declared");

        String dataset = home + "/good";
        JsonNode made = ok(alice.post("/api/files/datasets", """
                        {"%s": {"query": {"%s": {">": 0.1}}, "path": "%s"}}""".formatted(dataset, quality, home)))
                .path("success")
                .path(dataset);
        assertThat(made.path("figures").path("files").asInt()).isEqualTo(1);
        ok(alice.post("/api/files/datasets/freeze", "{\"lfns\": [\"" + dataset + "\"]}"));
        ok(alice.patch("/api/files/metadata", "{\"" + second + "\": {\"" + quality + "\": 0.9}}"));
        assertThat(found(bob, "files", "{\"" + quality + "\": \"Any\"}")).containsExactly(first, second);
        assertThat(ok(bob.get("/api/files/datasets/files?dataset=" + Http.encoded(dataset)))
                        .path("entries"))
                .hasSize(1);
        assertThat(ok(bob.get("/api/files/datasets?pattern=g*&directory=" + Http.encoded(home)))
                        .path("datasets"))
                .hasSize(1);
        ok(alice.post("/api/files/datasets/remove", "{\"lfns\": [\"" + dataset + "\"]}"));

        String set = "/api/files/metadata/sets/set_" + unique;
        ok(alice.send("PUT", set, Http.JSON, BodyPublishers.ofString("{\"" + run + "\": 1}")));
        assertThat(ok(bob.get(set)).toString()).isEqualTo("{\"" + run + "\":{\"=\":\"1\"}}");
        assertThat(bob.delete(set).status()).isEqualTo(403);
        assertThat(alice.delete(set).status()).isEqualTo(204);
        assertThat(bob.get(set).status()).isEqualTo(404);
        for (String field : List.of(run, quality)) {
            assertThat(admin.delete("/api/files/metadata/fields/" + field).status())
                    .isEqualTo(204);
        }
    }

    private Answer declare(Http caller, String name, String target, String type) {
        return caller.post("/api/files/metadata/fields", """
                {"name": "%s", "target": "%s", "type": "%s"}""".formatted(name, target, type));
    }

    private Answer find(Http caller, String what, String query) {
        return caller.post("/api/files/metadata/" + what, "{\"query\": " + query + ", \"path\": \"" + home + "\"}");
    }

    private List<String> found(Http caller, String what, String query) {
        List<String> lfns = new ArrayList<>();
        ok(find(caller, what, query))
                .path("entries")
                .forEach(entry -> lfns.add(entry.path("lfn").asText()));
        return lfns;
    }

    private static JsonNode ok(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }
}
