/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration as users, pilots and jobs read it, and what an installation tells everybody. */
class ConfigurationHttpIT {

    static RunningSystem system;
    static Http alice;

    @BeforeAll
    static void connect() {
        system = RunningSystem.up();
        alice = system.user("alice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/config", "/api/config/"})
    void servesTheWholeDocument(String path) {
        Answer answer = alice.get(path);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).contains("application/json");
        assertThat(answer.header("ETag").orElse("")).matches("[0-9a-f]{64}");
        assertThat(answer.header("Last-Modified").orElse(""))
                .matches("[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT");
        JsonNode document = answer.json();
        assertThat(document.fieldNames())
                .toIterable()
                .containsExactly(
                        "DIRAC",
                        "Operations",
                        "Registry",
                        "Resources",
                        "LocalSite",
                        "LogLevel",
                        "MCTestingDestination",
                        "Systems",
                        "WebApp");
        assertThat(document.get("Operations").fieldNames()).toIterable().containsExactly("demo", "other");
        assertThat(document.at("/Operations/other/JobScheduling/MaxRescheduling")
                        .asInt())
                .isEqualTo(3);
        assertThat(document.at("/Registry/demo/Groups/demo_admin/Properties/0").asText())
                .isEqualTo("CSAdministrator");
    }

    @Test
    void servesPilotsAndJobsTheSame() {
        Pilots.Running running = Pilots.runningOneJobOf(alice, system);
        String document = alice.get("/api/config/").text();

        assertThat(running.pilot().get("/api/config/").text()).isEqualTo(document);
        assertThat(running.wrapper().get("/api/config/").text()).isEqualTo(document);
    }

    @Test
    void asksForCredentials() {
        assertThat(system.anonymous().get("/api/config/").status()).isEqualTo(401);
    }

    @Test
    void sendsNothingToAClientThatHasIt() {
        Answer first = alice.get("/api/config/");
        String tag = first.header("ETag").orElseThrow();

        for (String given : List.of(tag, "\"" + tag + "\"")) {
            Answer again = alice.send(
                    alice.request("/api/config/").header("If-None-Match", given).GET());
            assertThat(again.status()).isEqualTo(304);
            assertThat(again.text()).isEmpty();
            assertThat(again.header("ETag")).contains(tag);
        }
        assertThat(conditional("If-None-Match", "other")).isEqualTo(200);
    }

    @Test
    void sendsNothingToAClientThatHasALaterOne() {
        assertThat(conditional("If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT"))
                .isEqualTo(304);
        assertThat(conditional(
                        "If-Modified-Since",
                        alice.get("/api/config/").header("Last-Modified").orElseThrow()))
                .isEqualTo(200);
        assertThat(conditional("If-Modified-Since", "tomorrow")).isEqualTo(200);
    }

    private static int conditional(String header, String value) {
        return alice.send(alice.request("/api/config/").header(header, value).GET())
                .status();
    }

    @Test
    void tellsEverybodyWhatTheInstallationIsAndAllows() {
        Answer answer = system.anonymous().get("/api/meta");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        JsonNode meta = answer.json();
        assertThat(meta.at("/versions/product").asText()).isNotBlank();
        assertThat(meta.at("/versions/diracx").asText()).isEqualTo("0.7");
        assertThat(meta.at("/versions/minimum_client").asText()).isEqualTo("0.0.1a1");
        assertThat(meta.at("/features/local_accounts").asBoolean()).isTrue();
        assertThat(meta.at("/features/sandbox_backend").asText()).isEqualTo("directory");
        assertThat(meta.at("/limits/jobs_per_submission/demo").asInt()).isEqualTo(100_000);
        assertThat(meta.at("/limits/page_size").asInt()).isEqualTo(10_000);
        int tooMany = meta.at("/limits/page_size").asInt() + 1;
        assertThat(alice.post("/api/jobs/search?per_page=" + tooMany, "{}").status())
                .isEqualTo(422);
        assertThat(meta.at("/limits/sandbox_bytes").asLong()).isEqualTo(100L * 1024 * 1024);
    }
}
