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

class AdministrationCommandsTest {

    private static final String ROW = """
            {"time":"2026-11-26T11:00:00Z","act":"%s","outcome":"REFUSED","times":3,"vo":"demo","actor":"user:demo:a-1",
             "user":"alice","group":"demo_user","credential_kind":"ACCESS_TOKEN","credential":"jti-1","target":"session:1",
             "address":"192.0.2.1","request_id":"r","detail":"wrong"}""";
    private static final String SUSPENSION = """
            {"id":7,"kind":"user","vo":"demo","name":"alice","reason":"RT 1","author":"root","actor":"user:demo:r-0",
             "everywhere":true,"since":"2026-11-26T11:00:00Z"}""";

    private static final String TRACE = """
            {"job":17,"attempt":1,"status":"Running","vo":"demo","user":"alice","group":"demo_user",
             "submitted_with":"ACCESS_TOKEN jti-1","submitted_from":"192.0.2.1","description_hash":"abc",
             "sandboxes":[],"pilot":"p1","site":"S","started":"2026-11-26T11:00:00Z","address":"192.0.2.9",
             "tokens":["%s"]}""";

    private final FakeServer server;
    private final Program program;

    AdministrationCommandsTest(@TempDir Path directory) throws IOException {
        server = new FakeServer();
        program = new Program(server, directory).loggedIn();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode sent() throws IOException {
        return new ObjectMapper().readTree(server.last().body());
    }

    @Test
    void searchesTheAuditLog() {
        server.on("GET /api/audit", 200, "{\"records\":[" + ROW.formatted("log-in") + "]}");

        Program.Result result = program.run("admin", "audit", "--user", "alice", "--refused", "-n", "5");

        assertThat(result.code()).isZero();
        assertThat(result.out())
                .isEqualTo(
                        "2026-11-26T11:00:00Z\tlog-in\tREFUSED x3\talice@demo\tjti-1\tsession:1\t192.0.2.1\twrong\n");
        assertThat(server.last().query()).isEqualTo("limit=5&user=alice&outcome=REFUSED");
    }

    @Test
    void suspendsAndResumes() throws IOException {
        server.on("POST /api/suspensions", 200, SUSPENSION)
                .on("GET /api/suspensions", 200, "[" + SUSPENSION + "]")
                .on("DELETE /api/suspensions/7", 204, "");

        assertThat(program.run("admin", "suspend", "user", "alice", "--reason", "RT 1")
                        .err())
                .startsWith("Suspended: user alice of the VO demo.");
        assertThat(sent().toString()).isEqualTo("{\"kind\":\"user\",\"name\":\"alice\",\"reason\":\"RT 1\"}");
        assertThat(program.run("admin", "suspend", "list").out())
                .isEqualTo("user\talice\tdemo\t2026-11-26T11:00:00Z\troot\tRT 1\n");
        assertThat(program.run("admin", "resume", "user", "alice").err())
                .isEqualTo("Resumed: user alice of the VO demo.\n");
        assertThat(program.run("admin", "resume", "user", "bob").code()).isNotZero();
        assertThat(program.run("admin", "suspend", "user", "alice").err()).contains("--reason is needed");
    }

    @Test
    void saysThatWhatIsSuspendedIsNotKnown() throws IOException {
        server.on("POST /api/suspensions", 200, """
                {"id":8,"kind":"site","vo":"","name":"LCG.CREN.ch","reason":"RT 1","author":"root","actor":"user:demo:r-0",
                 "everywhere":true,"since":"2026-11-26T11:00:00Z","warning":"Nothing is known here of the site LCG.CREN.ch"}""");

        assertThat(program.run("admin", "suspend", "site", "LCG.CREN.ch", "--reason", "RT 1")
                        .err())
                .contains("pilots there lose their tokens")
                .endsWith("Warning: Nothing is known here of the site LCG.CREN.ch\n");
    }

    @Test
    void bansAndAllowsSitesAndComputingElements() throws IOException {
        String ban = """
                {"id":4,"kind":"site","name":"LCG.CERN.ch","vo":"demo","reason":"cooling","author":"olga",
                 "since":"2026-11-26T11:00:00Z","until":"2026-11-27T11:00:00Z"%s}""";
        server.on("POST /api/bans", 200, ban.formatted(",\"warning\":\"Is the name right?\""))
                .on("GET /api/bans", 200, "[" + ban.formatted("") + "]")
                .on("DELETE /api/bans/4", 204, "")
                .on(
                        "GET /api/bans/history",
                        200,
                        "{\"bans\":["
                                + ban.formatted(
                                        ",\"lifted\":\"2026-11-26T12:00:00Z\",\"lifted_by\":\"root\",\"lifted_reason\":\"cool\"")
                                + "]}");

        assertThat(program.run("site", "ban", "LCG.CERN.ch", "--reason", "cooling", "--until", "2026-11-27T11:00Z")
                        .err())
                .startsWith("Banned: site LCG.CERN.ch for the VO demo until 2026-11-27T11:00:00Z.")
                .endsWith("Warning: Is the name right?\n");
        assertThat(sent().toString())
                .isEqualTo("{\"kind\":\"site\",\"name\":\"LCG.CERN.ch\",\"reason\":\"cooling\","
                        + "\"until\":\"2026-11-27T11:00:00Z\"}");
        assertThat(program.run("site", "list").out())
                .isEqualTo("LCG.CERN.ch\tdemo\t2026-11-26T11:00:00Z\t2026-11-27T11:00:00Z\tolga\tcooling\n");
        assertThat(program.run("ce", "list").out()).isEmpty();
        assertThat(program.run("site", "history", "LCG.CERN.ch").out())
                .isEqualTo("2026-11-26T11:00:00Z\tolga\tdemo\tcooling\t2026-11-26T12:00:00Z\troot\tcool\n");
        assertThat(server.last().query()).isEqualTo("kind=site&name=LCG.CERN.ch&limit=25");
        assertThat(program.run("site", "allow", "LCG.CERN.ch", "--reason", "cool again")
                        .err())
                .isEqualTo("Allowed: site LCG.CERN.ch for the VO demo.\n");
        assertThat(server.last().query()).isEqualTo("reason=cool+again");
        assertThat(program.run("ce", "allow", "LCG.CERN.ch", "--reason", "x").code())
                .isEqualTo(ExitCode.REFUSED);
        assertThat(program.run("site", "allow", "LCG.CERN.ch", "--all-vos", "--reason", "x")
                        .code())
                .isEqualTo(ExitCode.REFUSED);
        assertThat(program.run("site", "ban", "LCG.CERN.ch", "--reason", "x", "--until", "tomorrow")
                        .err())
                .contains("2026-11-27T12:00Z");
    }

    @Test
    void saysThatThereIsNoJobToTrace() throws IOException {
        server.on("GET /api/audit/trace", 200, "{\"attempts\":[]}");

        assertThat(program.run("admin", "trace", "--job", "999999"))
                .satisfies(answer -> assertThat(answer.code()).isEqualTo(ExitCode.REFUSED))
                .satisfies(answer -> assertThat(answer.err()).contains("There is no job 999999"));
        assertThat(program.run("admin", "trace", "--address", "192.0.2.9", "--time", "2026-11-26T12:00Z")
                        .code())
                .isZero();
    }

    @Test
    void tracesAnAddressOverAllPages() {
        server.on("GET /api/audit/trace", 200, """
                {"attempts":[%s],"next":"c1"}""".formatted(TRACE.formatted("jti-3")))
                .on("GET /api/audit/trace", 200, """
                {"attempts":[%s]}""".formatted(TRACE.formatted("jti-2")));

        assertThat(program.run("admin", "trace", "--address", "192.0.2.9", "--time", "2026-11-26T12:00Z")
                        .out())
                .containsOnlyOnce("Job 17, attempt 1")
                .contains("Token           jti-3")
                .contains("Token           jti-2");
        assertThat(server.last().query()).endsWith("&cursor=c1");
    }

    @Test
    void traces() {
        server.on("GET /api/audit/trace", 200, """
                {"attempts":[%s]}""".formatted(TRACE.formatted("jti-2")));

        assertThat(program.run("admin", "trace", "--job", "17").out()).isEqualTo("""
                Job 17, attempt 1, Running
                  User            alice, group demo_user, VO demo
                  Submitted with  ACCESS_TOKEN jti-1
                  Submitted from  192.0.2.1
                  Description     sha256:abc
                  Pilot           p1
                  Site            S
                  Taken from      192.0.2.9
                  Taken at        2026-11-26T11:00:00Z
                  Token           jti-2
                """);
        assertThat(program.run("admin", "trace", "--address", "192.0.2.9").code())
                .isNotZero();
    }

    @Test
    void tellsWhetherAUserMay() {
        server.on("GET /api/auth/policy", 200, """
                [{"operation":"Sessions.list","path":"/Systems/x","rule":"users with Operator","declared":"every user",
                  "configured_at":"/Systems/x","user":"alice","vo":"demo","allowed":false,"groups":["demo_user"],
                  "reasons":["demo_user: needs Operator"],"allowing_groups":["demo_admin"]}]""");

        assertThat(program.run("admin", "user", "may", "alice", "Sessions.list").out())
                .isEqualTo("""
                alice of the VO demo may not call Sessions.list.
                  Rule             users with Operator
                  Said by          /Systems/x
                  Asked for        demo_user
                  Refused          demo_user: needs Operator
                  Groups that may  demo_admin
                """);
        assertThat(server.last().query()).isEqualTo("operation=Sessions.list&user=alice");
    }

    @Test
    void listsUsersAndPutsThemIntoGroups() throws IOException {
        server.on("GET /api/registry/users", 200, """
                        [{"user":"alice","subject":"a-1","suspended":false,"dns":["/CN=a"],"groups":["demo_user"]}]""")
                .on("GET /api/registry/groups", 200, """
                        [{"group":"demo_user","properties":["NormalUser"],"members":["alice"],"job_share":1000,"default":true}]""")
                .on("POST /api/registry/groups/demo_admin/members", 200, """
                        {"changes":[],"warnings":[],"notes":[]}""");

        assertThat(program.run("admin", "user", "list", "--vo", "demo").out()).isEqualTo("alice\ta-1\tdemo_user\t\n");
        assertThat(server.last().query()).isEqualTo("vo=demo");
        assertThat(program.run("admin", "user", "show", "alice").out()).contains("DN         /CN=a");
        assertThat(program.run("admin", "user", "show", "bob").code()).isNotZero();
        assertThat(program.run("admin", "group", "show", "demo_user").out()).contains("Members     alice");
        program.run("admin", "group", "add-user", "demo_admin", "alice", "-m", "new");
        assertThat(sent().toString()).isEqualTo("{\"user\":\"alice\",\"member\":true,\"message\":\"new\"}");
    }

    @Test
    void removesAUser() {
        server.on("DELETE /api/registry/users/bob", 200, """
                {"changes":[],"warnings":[],"notes":[]}""");

        assertThat(program.run("admin", "user", "remove", "bob", "--vo", "demo", "-m", "left us")
                        .code())
                .isZero();
        assertThat(server.last().query()).isEqualTo("message=left+us&vo=demo");
    }
}
