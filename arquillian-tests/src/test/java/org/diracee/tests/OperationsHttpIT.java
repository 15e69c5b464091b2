/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Work on all jobs that meet a filter, as REST consumers meet it. */
class OperationsHttpIT {

    static Http alice;
    static Http bob;
    static Http carol;

    @BeforeAll
    static void connect() {
        RunningSystem system = RunningSystem.up();
        alice = system.user("alice");
        bob = system.user("bob");
        carol = system.user("carol");
    }

    private static String group(int jobs) {
        String group = Pilots.unique().substring(0, 20);
        Answer answer = alice.post(
                "/api/jobs/jdl",
                JobsHttpIT.jdls("Parameters = " + jobs + "; JobGroup = \"" + group + "\";" + JobsHttpIT.NOWHERE));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return group;
    }

    private static String kill(String group) {
        return "{\"action\":\"kill\",\"search\":[{\"parameter\":\"JobGroup\",\"operator\":\"eq\",\"value\":\"" + group
                + "\"}]}";
    }

    private static Answer start(Http caller, String body, String... headers) {
        var request = caller.request("/api/jobs/actions")
                .header("Content-Type", Http.JSON)
                .POST(BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return caller.send(request);
    }

    @Test
    void answersAtOnceAndSaysWhereToLook() {
        String group = group(3);
        Answer answer = start(alice, kill(group));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        long id = answer.json().path("id").asLong();
        assertThat(URI.create(answer.header("Location").orElseThrow()).getPath())
                .isEqualTo("/api/operations/" + id);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(operation(id).path("state").asText()).isEqualTo("Done"));
        assertThat(operation(id).path("done").asInt()).isEqualTo(3);
        JsonNode summary = alice.post(
                        "/api/jobs/summary",
                        "{\"grouping\":[\"Status\"],\"search\":[{\"parameter\":\"JobGroup\",\"operator\":\"eq\",\"value\":\""
                                + group + "\"}]}")
                .json();
        assertThat(summary).hasSize(1);
        assertThat(summary.path(0).path("Status").asText()).isEqualTo("Killed");
        assertThat(alice.get("/api/operations").json().path("operations").findValuesAsText("id"))
                .contains(Long.toString(id));
        assertThat(alice.get("/api/operations/" + id + "/problems").json().path("problems"))
                .isEmpty();
    }

    @Test
    void waitsForTheEndWhereThatIsPreferred() {
        Answer answer = start(alice, kill(group(2)), "Prefer", "wait=30");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.header("Preference-Applied")).contains("wait=30");
        assertThat(answer.json().path("state").asText()).isEqualTo("Done");
        assertThat(answer.json().path("done").asInt()).isEqualTo(2);
    }

    @Test
    void aRepeatUnderTheSameKeyGetsTheSameOperation() {
        String body = kill(group(1));
        String key = Pilots.unique();
        long first =
                start(alice, body, "Idempotency-Key", key).json().path("id").asLong();
        assertThat(start(alice, body, "Idempotency-Key", key).json().path("id").asLong())
                .isEqualTo(first);
        assertThat(start(alice, kill("other"), "Idempotency-Key", key).status()).isEqualTo(409);
    }

    @Test
    void whatHasEndedStaysAsItIsAndIsNobodyElses() {
        long id = start(alice, kill(group(1)), "Prefer", "wait=30")
                .json()
                .path("id")
                .asLong();
        assertThat(alice.delete("/api/operations/" + id).json().path("state").asText())
                .isEqualTo("Done");
        for (Http other : List.of(bob, carol)) {
            assertThat(other.get("/api/operations/" + id).status()).isIn(403, 404);
            assertThat(other.delete("/api/operations/" + id).status()).isIn(403, 404);
            assertThat(other.get("/api/operations/" + id + "/problems").status())
                    .isIn(403, 404);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"action\":\"kill\",\"search\":[]} | search: at least one condition is needed",
                "{\"action\":\"burn\",\"search\":[]} | action: 'burn' is unknown; known are kill, delete, reschedule,"
                        + " set-priority",
                "{\"action\":\"set-priority\",\"priority\":99,\"search\":[]} | priority: 99; allowed is 0 to 10"
            })
    void saysWhatIsWrong(String body, String detail) {
        Answer answer = start(alice, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).startsWith(detail);
    }

    @Test
    void isNeverAllOrNothingAndSaysSo() {
        Answer answer = alice.post("/api/jobs/actions?atomic=true", "{\"action\":\"kill\",\"search\":[]}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).startsWith("atomic: an operation works portion by portion");
    }

    private static JsonNode operation(long id) {
        Answer answer = alice.get("/api/operations/" + id);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }
}
