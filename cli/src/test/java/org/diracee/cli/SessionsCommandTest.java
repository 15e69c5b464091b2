/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.diracee.client.FakeServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsCommandTest {

    private static final String LIST = "GET /api/auth/refresh-tokens";
    private static final String REVOKE = "DELETE /api/auth/refresh-tokens/";
    private static final String MINE = "019aaba8-ac00-7000-8000-000000000001";
    private static final String ALSO_MINE = "019aaba8-ac00-7000-8000-000000000002";
    private static final String OTHERS = "019aaba8-ac00-7000-8000-000000000003";

    private final FakeServer server;
    private final Program program;

    SessionsCommandTest(@TempDir Path directory) throws IOException {
        server = new FakeServer();
        program = new Program(server, directory).loggedIn();
        server.on(
                LIST,
                200,
                "[" + row(MINE, "demo:a-1") + "," + row(ALSO_MINE, "demo:a-1") + "," + row(OTHERS, "demo:b-2") + "]");
    }

    private static String row(String id, String subject) {
        return "{\"JTI\":\"" + id + "\",\"Status\":\"CREATED\",\"Scope\":\"vo:demo group:demo_user\",\"Sub\":\""
                + subject + "\"}";
    }

    private void have(String property) {
        server.on("GET /api/auth/userinfo", 200, """
                {"sub":"demo:a-1","vo":"demo","dirac_group":"demo_user","policies":{},"properties":["%s"],
                 "preferred_username":"alice"}""".formatted(property));
    }

    private void canEnd(String... ids) {
        for (String id : ids) {
            server.on(REVOKE + id, 200, "\"Refresh token revoked\"");
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void listsOwnSessions() {
        have("NormalUser");

        Program.Result result = program.run("sessions", "list");

        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains(MINE + "\tdemo:a-1\t2025-11-22", ALSO_MINE)
                .doesNotContain(OTHERS);
    }

    @Test
    void listsThoseOfOthersForWhoManagesProxies() {
        have("NormalUser"); // once, and the next for ever
        have("ProxyManagement");
        assertThat(program.run("sessions", "list", "--all-users").code()).isEqualTo(ExitCode.REFUSED);

        assertThat(program.run("sessions", "list", "--all-users").out()).contains(MINE, ALSO_MINE, OTHERS);
        assertThat(program.run("sessions", "list", "--json").out())
                .contains(MINE)
                .doesNotContain(OTHERS);
    }

    @Test
    void endsTheOneThatIsNamed() {
        canEnd(MINE);

        assertThat(program.run("sessions", "revoke", MINE)).isEqualTo(new Program.Result(0, MINE + "\n", ""));
        assertThat(server.requests(LIST)).isEmpty();
    }

    @Test
    void endsAllOwnOnes() {
        have("ProxyManagement");
        canEnd(MINE, ALSO_MINE, OTHERS);

        assertThat(program.run("sessions", "revoke", "--all").out()).isEqualTo(MINE + "\n" + ALSO_MINE + "\n");
        assertThat(server.requests(REVOKE + OTHERS)).isEmpty();
        assertThat(program.run("sessions", "revoke", "--all", "--all-users").out())
                .contains(OTHERS);
    }

    @Test
    void tellsWhatWasRefused() {
        canEnd(MINE);
        server.on(REVOKE + OTHERS, 403, "{\"detail\":\"Only its owner may end this session\"}");

        Program.Result result = program.run("sessions", "revoke", MINE, OTHERS);

        assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(result.out()).isEqualTo(MINE + "\n");
        assertThat(result.err()).contains("Session " + OTHERS + " not ended", "Only its owner");
    }

    @Test
    void askedForAllDoesNotMindThoseThatEndedMeanwhile() {
        have("NormalUser");
        canEnd(ALSO_MINE);
        server.on(REVOKE + MINE, 404, "{\"detail\":\"no such session\"}");

        assertThat(program.run("sessions", "revoke", "--all")).isEqualTo(new Program.Result(0, ALSO_MINE + "\n", ""));
    }

    @Test
    void wantsToKnowWhich() {
        assertThat(program.run("sessions", "revoke").code()).isEqualTo(ExitCode.USAGE);
        assertThat(program.run("sessions", "revoke", "--all", MINE).code()).isEqualTo(ExitCode.USAGE);
        assertThat(program.run("sessions", "revoke", MINE, "--all-users").code())
                .isEqualTo(ExitCode.USAGE);
    }
}
