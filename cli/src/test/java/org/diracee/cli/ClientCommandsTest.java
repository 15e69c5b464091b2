/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.diracee.client.FakeServer;
import org.diracee.kernel.value.Sha256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientCommandsTest {

    private static final String ADD = "POST /api/auth/clients";
    private static final String REVISION = """
            {"revision":%d,"hash":"h","author":"admin","subject":"user:demo:admin-1","origin":"::1","message":"m",
             "created":"2026-11-22T11:00:00Z"}""";
    private static final String CLIENT = """
            {"client_id":"monitor","vo":"demo","approved":true,"user":"monitor","group":"demo_robot",
             "grants":["client_credentials"],"authentication":["client_secret_basic"],"acts_for_users":false,
             "scopes":[],"audiences":[],"sessions":3}""";
    private final FakeServer server;
    private final Path directory;
    private final Program program;

    ClientCommandsTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        server = new FakeServer();
        program = new Program(server, directory).loggedIn();
    }

    private void commits() {
        server.on(
                ADD, 200, "{\"revision\":" + REVISION.formatted(42) + ",\"changes\":[],\"warnings\":[],\"notes\":[]}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode sent() throws IOException {
        return new ObjectMapper().readTree(server.last().body());
    }

    @Test
    void listsAndShows() {
        server.on("GET /api/auth/clients", 200, "[" + CLIENT + "]").on("GET /api/auth/clients/monitor", 200, CLIENT);

        assertThat(program.run("admin", "client", "list").out())
                .isEqualTo("monitor\tyes\tmonitor\tdemo_robot\tclient_credentials\tclient_secret_basic\t\t3\n");
        assertThat(program.run("admin", "client", "show", "monitor").out()).isEqualTo("""
                Client monitor
                  VO         demo
                  Approved   yes
                  User       monitor
                  Group      demo_robot
                  Grants     client_credentials
                  Proves by  client_secret_basic
                  For users  no
                  Sessions   3
                """);
    }

    @Test
    void showsTheSecretOfANewClientOnceAndSendsItsHash() throws IOException {
        commits();
        Program.Result result = program.run(
                "admin", "client", "add", "monitor", "--user", "monitor", "--group", "demo_robot", "-m", "new");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).matches("[A-Za-z0-9_-]{43}\n");
        assertThat(result.err()).contains("cannot be shown again", "admin client approve monitor");
        assertThat(sent()).isEqualTo(new ObjectMapper().readTree("""
                        {"client_id":"monitor","approved":false,"user":"monitor","group":"demo_robot","grants":[],
                         "secret_hash":"%s","acts_for_users":false,"scopes":[],"audiences":[],"message":"new"}""".formatted(
                                Sha256.hex(result.out().strip()))));
        assertThat(server.last().body()).doesNotContain(result.out().strip());
    }

    @Test
    void keepsTheSecretInAFileOfItsOwnersAlone() throws IOException {
        commits();
        Program.Result result = program.run(
                "admin", "client", "add", "monitor", "--secret-file", "monitor.secret", "--approve", "-m", "new");

        Path file = directory.resolve("monitor.secret");
        assertThat(result.out()).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(sent().path("secret_hash").asText()).isEqualTo(Sha256.hex(Files.readString(file)));
        assertThat(sent().path("approved").asBoolean()).isTrue();
        assertThat(program.run("admin", "client", "add", "monitor", "--secret-file", "monitor.secret", "-m", "new")
                        .err())
                .contains("new files only");
    }

    @Test
    void leavesNoSecretOfAClientThatTheServerRefuses() {
        server.on(ADD, 403, """
                {"title":"Forbidden","status":403,"detail":"You may not","code":"FORBIDDEN"}""");

        assertThat(program.run("admin", "client", "add", "monitor", "--secret-file", "monitor.secret", "-m", "new")
                        .code())
                .isEqualTo(4);
        assertThat(directory.resolve("monitor.secret")).doesNotExist();
    }

    @Test
    void registersAGatewayWithPublicKeys() throws IOException {
        commits();
        Files.writeString(directory.resolve("keys.json"), """
                {"keys": [
                  {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
                ]}""");

        Program.Result result = program.run(
                "admin",
                "client",
                "add",
                "monitor",
                "--keys",
                "keys.json",
                "--grant",
                "token-exchange",
                "--grant",
                "refresh_token",
                "--act-for-users",
                "--refresh-lifetime",
                "86400",
                "-m",
                "new");

        assertThat(result.out()).isEmpty();
        assertThat(sent().path("grants").toString()).isEqualTo("[\"token-exchange\",\"refresh_token\"]");
        assertThat(sent().path("acts_for_users").asBoolean()).isTrue();
        assertThat(sent().path("refresh_lifetime").asLong()).isEqualTo(86400);
        assertThat(sent().has("secret_hash")).isFalse();
        assertThat(sent().path("keys").asText()).startsWith("{\"keys\":[{").doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"a\",\"d\":\"secret\"}]}", "{}", "no"})
    void sendsNothingButPublicKeys(String keys) throws IOException {
        Files.writeString(directory.resolve("keys.json"), keys);

        Program.Result result = program.run("admin", "client", "add", "monitor", "--keys", "keys.json", "-m", "new");

        assertThat(result.code()).isEqualTo(2);
        assertThat(server.requests(ADD)).isEmpty();
    }

    @Test
    void letsInShutsOutAndDeletes() {
        server.on("PUT /api/auth/clients/monitor/approval", 204, "")
                .on("DELETE /api/auth/clients/monitor/approval", 204, "")
                .on(
                        "DELETE /api/auth/clients/monitor",
                        200,
                        "{\"revision\":" + REVISION.formatted(42) + ",\"changes\":[],\"warnings\":[],\"notes\":[]}");

        assertThat(program.run("admin", "client", "approve", "monitor").err())
                .isEqualTo("The client monitor is approved.\n");
        assertThat(program.run("admin", "client", "revoke", "monitor").err())
                .isEqualTo("The client monitor is revoked.\n");
        assertThat(program.run("admin", "client", "delete", "monitor", "-m", "gone")
                        .err())
                .contains("Revision 42");
        assertThat(server.requests("DELETE /api/auth/clients/monitor")).hasSize(1);
    }
}
