/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that no honest client sends: each gets a problem document that says what was wrong, never a stack trace. */
class BadInputHttpIT {

    static Http alice;

    @BeforeAll
    static void connect() {
        alice = RunningSystem.up().user("alice");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST  | /api/jobs/jdl        | application/json | [                               | 422
            POST  | /api/jobs/jdl        | application/json | {}                              | 422
            POST  | /api/jobs/jdl        | application/json | [{}]                            | 422
            POST  | /api/jobs/jdl        | application/json | []                              | 400
            POST  | /api/jobs/jdl        | text/plain       | Executable                      | 415
            POST  | /api/jobs/search     | application/json | {"serach": []}                  | 422
            POST  | /api/jobs/search     | application/json | {"search": 5}                   | 422
            PATCH | /api/jobs/status     | application/json | {"abc": {}}                     | 422
            PATCH | /api/jobs/status     | application/json | {"1": {"2026-01-01T00:00:00": {"Status": "Done"}}}  | 400
            PATCH | /api/jobs/status     | application/json | {"1": {"2026-01-01T00:00:00Z": {"Status": "Nice"}}} | 422
            PATCH | /api/jobs/heartbeat  | application/json | {"1": {"Load": 1.0}}            | 422
            POST  | /api/jobs/reschedule | application/json | {"job_ids": "all"}              | 422
            POST  | /api/jobs/sandbox    | application/json | {"checksum": "x"}               | 422
            POST  | /api/jobs/search?perpage=2       | application/json | {}                  | 422
            GET   | /api/events?stauts=Done          | application/json | {}                  | 422
            GET   | /api/jobs/changes?status=Done&x  | application/json | {}                  | 422
            POST  | /api/jobs/summary    | application/json | {}                              | 422
            POST  | /api/jobs/summary    | application/json | {"grouping": ["Status"], "grouping": []} | 422
            GET   | /api/jobs/search     | application/json | {}                              | 405
            GET   | /api/jobs/-5         | application/json | {}                              | 400
            GET   | /api/nothing/here    | application/json | {}                              | 404
            """)
    void answersWithAProblem(String method, String path, String type, String body, int status) {
        Answer answer = alice.send(method, path, type, BodyPublishers.ofString(body));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.header("Content-Type").orElse(""))
                .as(answer.toString())
                .startsWith("application/problem+json");
        assertThat(answer.json().path("status").asInt()).isEqualTo(status);
        assertThat(answer.json().path("title").asText()).isNotBlank();
        assertThat(answer.json().path("detail").asText()).isNotBlank();
        assertThat(answer.json().path("instance").asText()).isNotBlank();
        assertThat(answer.text())
                .doesNotContain("Exception")
                .doesNotContain("org.diracee")
                .doesNotContain("com.fasterxml")
                .doesNotContain("java.");
    }

    @Test
    void refusesAnOversizedBody() {
        String huge = "[\"" + "x".repeat(40 * 1024 * 1024) + "\"]";
        Answer answer = alice.post("/api/jobs/jdl", huge);

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.detail()).contains("MiB");
    }

    @Test
    void refusesAJsonBombWithoutFalling() {
        Answer answer = alice.post("/api/jobs/search", "[".repeat(200_000));

        assertThat(answer.status()).as(answer.toString()).isIn(400, 413, 422);
        assertThat(alice.get("/api/auth/userinfo").status()).isEqualTo(200);
    }

    @Test
    void refusesADescriptionNestedWithoutEnd() {
        Answer answer = alice.post("/api/jobs/jdl", JobsHttpIT.jdls("Executable = \"x\"; A = " + "{".repeat(100_000)));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).contains("64");
    }

    @Test
    void refusesAnOldClient() {
        Answer answer = alice.send(alice.request("/api/auth/userinfo")
                .header("DiracX-Client-Version", "0.0.0")
                .GET());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).contains("0.0.1a1");
    }
}
