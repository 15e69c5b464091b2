/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.diracee.client.FakeServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookCommandsTest {

    private static final String ID = "0b9c6a52-0000-4000-8000-000000000001";
    private static final String ROUTE = "/api/webhooks/" + ID;

    private final FakeServer server;
    private final Program program;

    WebhookCommandsTest(@TempDir Path directory) throws IOException {
        server = new FakeServer();
        program = new Program(server, directory).loggedIn();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String webhook(String rest) {
        return "{\"id\":\"" + ID + "\",\"vo\":\"demo\",\"owner\":\"alice\",\"whole_vo\":false,"
                + "\"url\":\"https://hook.example.org/a\",\"failures\":20,\"created\":\"2026-11-22T11:00:00Z\"," + rest
                + "}";
    }

    @Test
    void listsWebhooks() {
        server.on("GET /api/webhooks", 200, "[" + webhook("\"enabled\":true,\"job_group\":\"reco\"") + "]")
                .on("GET /api/webhooks", 200, "[]");

        assertThat(program.onTerminal().run("webhook", "list").out()).isEqualToNormalizingNewlines("""
                WEBHOOK                               ADDRESS                     TOLD OF     ENABLED  FAILURES  MADE
                0b9c6a52-0000-4000-8000-000000000001  https://hook.example.org/a  group reco  yes      20        2026-11-22 11:00:00
                """);
        assertThat(program.run("webhook", "list").err()).isEqualToNormalizingNewlines("No webhooks.\n");
    }

    @Test
    void addsAWebhookAndPrintsItsSecretAlone() {
        server.on("POST /api/webhooks", 201, webhook("\"enabled\":true,\"secret\":\"whsec_abc\""));

        Program.Result result = program.run("webhook", "add", "https://hook.example.org/a", "--group", "reco");

        assertThat(result.out()).isEqualToNormalizingNewlines("whsec_abc\n");
        assertThat(result.err()).contains("Webhook " + ID + " is told of all groups.", "cannot be shown again");
        assertThat(server.last().body()).isEqualTo("{\"url\":\"https://hook.example.org/a\",\"job_group\":\"reco\"}");
    }

    @Test
    void showsAWebhookAndWhatBecameOfItsMessages() throws IOException {
        server.on("GET " + ROUTE, 200, webhook("\"enabled\":false,\"reason\":\"20 failures in a row\""))
                .on("GET " + ROUTE + "/deliveries", 200, """
                        [{"id":"0b9c6a52-0000-4000-8000-000000000002","status":"Pending","attempts":2,
                          "next_attempt":"2026-11-22T12:30:00Z","answer":500,"reason":"the answer was 500","body":"{}",
                          "created":"2026-11-22T11:30:00Z"}]""");

        assertThat(program.onTerminal().run("webhook", "show", ID).out()).isEqualToNormalizingNewlines("""
                Webhook 0b9c6a52-0000-4000-8000-000000000001
                  Address   https://hook.example.org/a
                  Told of   all groups
                  Enabled   no: 20 failures in a row
                  Failures  20 since the last success
                  Made      2026-11-22 11:00:00

                MADE                 STATUS   TRIES  ANSWER  REASON              NEXT TRY
                2026-11-22 11:30:00  Pending  2      500     the answer was 500  2026-11-22 12:30:00
                """);
        JsonNode json = new ObjectMapper()
                .readTree(program.run("webhook", "show", ID, "--json").out());
        assertThat(json.path("id").asText()).isEqualTo(ID);
        assertThat(json.at("/deliveries/0/attempts").asInt()).isEqualTo(2);
    }

    @Test
    void tellsWhatTheReceiverSaysToATest() {
        server.on("POST " + ROUTE + "/test", 200, "{\"answer\":204}")
                .on("POST " + ROUTE + "/test", 200, "{\"answer\":500}")
                .on("POST " + ROUTE + "/test", 200, "{\"reason\":\"the host is where no webhook may be\"}");

        Program.Result taken = program.run("webhook", "test", ID);
        assertThat(taken.out()).isEqualToNormalizingNewlines("The receiver answered 204.\n");
        assertThat(taken.code()).isZero();
        assertThat(program.run("webhook", "test", ID).code()).isEqualTo(ExitCode.JOBS_FAILED);
        assertThat(program.run("webhook", "test", ID).out())
                .isEqualToNormalizingNewlines("There was no answer: the host is where no webhook may be\n");
    }

    @Test
    void enablesDisablesAndDeletes() {
        server.on("PATCH " + ROUTE, 200, webhook("\"enabled\":true"))
                .on("PATCH " + ROUTE, 200, webhook("\"enabled\":false"))
                .on("DELETE " + ROUTE, 204, "");

        assertThat(program.run("webhook", "enable", ID).out()).contains("Enabled   yes");
        assertThat(server.last().body()).isEqualTo("{\"enabled\":true}");
        assertThat(program.run("webhook", "disable", ID).out()).contains("Enabled   no");
        assertThat(server.last().body()).isEqualTo("{\"enabled\":false}");
        assertThat(program.run("webhook", "delete", ID).code()).isZero();
        assertThat(server.requests("DELETE " + ROUTE)).hasSize(1);
        assertThat(program.run("webhook", "show", "7").code()).isEqualTo(ExitCode.USAGE);
        assertThat(program.run("webhook").err()).contains("A command on webhooks is needed.");
    }
}
