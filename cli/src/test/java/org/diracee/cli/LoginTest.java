/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.diracee.client.FakeServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginTest {

    private static final String TOKENS =
            "{\"access_token\":\"acc\",\"expires_in\":1200,\"token_type\":\"Bearer\",\"refresh_token\":\"ref\"}";
    private static final String USER = "{\"sub\":\"demo:a-1\",\"vo\":\"demo\",\"dirac_group\":\"demo_user\","
            + "\"policies\":{},\"properties\":[\"NormalUser\"],\"preferred_username\":\"alice\"}";

    private final FakeServer server;
    private final Path directory;
    private final Program program;

    LoginTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        server = new FakeServer()
                .on("GET /.well-known/dirac-metadata", 200, """
                        {"virtual_organizations":{"demo":{"groups":{"demo_user":{"properties":["NormalUser"]}},
                         "support":{"message":"","webpage":null,"email":null},"default_group":"demo_user"}}}""")
                .on("GET /api/auth/userinfo", 200, USER);
        server.on("POST /api/auth/device", 200, """
                {"user_code":"BCDFGHJK","device_code":"dev","verification_uri":"%1$s/api/auth/device",
                 "verification_uri_complete":"%1$s/api/auth/device?user_code=BCDFGHJK","expires_in":600,"interval":3}""".formatted(server.address()));
        program = new Program(server, directory);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void showsTheAddressAndWaitsForTheApproval() throws IOException {
        server.on("POST /api/auth/token", 400, "{\"error\":\"authorization_pending\",\"detail\":\"not yet\"}")
                .on("POST /api/auth/token", 200, TOKENS);

        Program.Result result = program.run("login", "demo", "--group", "demo_user");

        assertThat(result.err()).contains("/api/auth/device?user_code=BCDFGHJK", "code BCDFGHJK", "Logged in as alice");
        assertThat(result.code()).isZero();
        assertThat(server.requests("POST /api/auth/device").get(0).query())
                .contains("client_id=myDIRACClientID", "scope=vo%3Ademo+group%3Ademo_user");
        assertThat(program.pauses()).containsExactly(Duration.ofSeconds(3));
        Path file = directory.resolve("credentials.json");
        assertThat(file)
                .hasContent("{\"access_token\":\"acc\",\"refresh_token\":\"ref\",\"expires_on\":%d}"
                        .formatted(Program.NOW.getEpochSecond() + 1200 - 15));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void approvesALocalAccountByItself() throws IOException {
        server.on(
                        "GET /api/auth/device",
                        200,
                        "<form method=\"post\" action=\"/api/auth/device/approval\"><input type=\"hidden\" name=\"csrf\""
                                + " value=\"a&amp;b\"></form>",
                        "Set-Cookie",
                        "csrf=xyz; HttpOnly")
                .on("POST /api/auth/device/approval", 303, "", "Location", "/api/auth/device/complete/finished")
                .on("POST /api/auth/token", 200, TOKENS);
        Files.writeString(directory.resolve("pw"), "se cret\n");

        Program.Result result = program.run("login", "demo", "--username", "alice", "--password-file", "pw");

        assertThat(result.err()).isEqualToNormalizingNewlines("Logged in as alice, VO demo, group demo_user.\n");
        FakeServer.Request approval =
                server.requests("POST /api/auth/device/approval").get(0);
        assertThat(approval.body()).contains("csrf=a%26b", "username=alice", "password=se+cret", "decision=approve");
        assertThat(approval.headers()).containsEntry("cookie", "csrf=xyz");
    }

    @Test
    void tellsWhyTheAccountIsRefused() throws IOException {
        server.on("GET /api/auth/device", 200, "<form action=\"/api/auth/device/approval\"></form>")
                .on("POST /api/auth/device/approval", 403, "<p class=\"error\" role=\"alert\">Wrong &amp; bad.</p>");
        Files.writeString(directory.resolve("pw"), "x\n");

        Program.Result result = program.run("login", "demo", "--username", "alice", "--password-file", "pw");

        assertThat(result.err()).contains("The log-in as alice is refused: Wrong & bad.");
        assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(directory.resolve("credentials.json")).doesNotExist();
    }

    @Test
    void namesTheVosAndGroupsThatThereAre() {
        assertThat(program.run("login", "lhcb").err()).contains("There is no VO 'lhcb'", "there is: demo");
        assertThat(program.run("login", "demo", "-g", "x").err()).contains("no group 'x'", "there is: demo_user");
        assertThat(program.run("login", "lhcb").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void revokesAndForgetsTheSession() {
        server.on("POST /api/auth/revoke", 200, "\"Refresh token revoked\"");
        program.loggedIn();

        assertThat(program.run("logout").err()).isEqualToNormalizingNewlines("Logged out.\n");
        assertThat(server.last().body()).contains("token=refresh-0");
        assertThat(program.credentials().read()).isEmpty();
        assertThat(program.run("logout").err()).isEqualToNormalizingNewlines("You were not logged in.\n");
    }

    @Test
    void forgetsTheSessionEvenIfTheServerCannotBeTold() {
        server.on("POST /api/auth/revoke", 500, "{\"detail\":\"broken\"}");
        program.loggedIn();
        assertThat(program.run("logout").code()).isEqualTo(ExitCode.REFUSED);
        assertThat(program.credentials().read()).isEmpty();
    }
}
