/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.TreeMap;

/** What people do to the configuration over HTTP, as one of them. */
record ConfigurationCalls(Http caller) {

    static final String REVISIONS = "/api/config/revisions";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The number of the revision in force. */
    long inForce() {
        return newest().path("revision").asLong();
    }

    /** The revision that was made last. */
    JsonNode newest() {
        Answer answer = caller.get(REVISIONS + "?limit=1");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().at("/revisions/0");
    }

    /** Gives one option a value, whatever is in force. */
    Answer set(String path, String value) {
        return commit(edits(Map.of(path, value)));
    }

    /** Gives one option a value that was decided on looking at this revision. */
    Answer set(long base, String path, String value) {
        return commit(edits(Map.of(path, value)).put("base", base));
    }

    Answer commit(ObjectNode body) {
        return caller.post(REVISIONS, body.toString());
    }

    Answer commit(String idempotencyKey, ObjectNode body) {
        return caller.send(caller.request(REVISIONS)
                .header("Content-Type", Http.JSON)
                .header("Idempotency-Key", idempotencyKey)
                .POST(BodyPublishers.ofString(body.toString())));
    }

    Answer preview(ObjectNode body) {
        return caller.post(REVISIONS + "?dry_run=true", body.toString());
    }

    Answer rollBack(long to) {
        return caller.post("/api/config/rollback", message().put("to", to).toString());
    }

    /** The text in force, or of an older revision, as a cfg file. */
    String text(String query) {
        Answer answer = caller.get("/api/config/document" + query);
        assertThat(answer.status()).as("GET document" + query).isEqualTo(200);
        return answer.json().path("document").asText();
    }

    /** The value that counts at this path; empty text if there is none. */
    String value(String path) {
        Answer answer = caller.get("/api/config/option?path=" + Http.encoded(path));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().path("value").asText();
    }

    /** A request that gives these options their values. */
    static ObjectNode edits(Map<String, String> values) {
        ObjectNode body = message();
        ArrayNode edits = body.putArray("edits");
        new TreeMap<>(values)
                .forEach((path, value) ->
                        edits.addObject().put("action", "set").put("path", path).put("value", value));
        return body;
    }

    /** A request that makes this text the configuration. */
    static ObjectNode document(long base, String text) {
        return message().put("base", base).put("document", text);
    }

    static ObjectNode message() {
        return JSON.createObjectNode().put("message", "A test wants it so");
    }
}
