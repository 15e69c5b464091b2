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
        assertThat(program.run("site", "bans").out())
                .isEqualTo("LCG.CERN.ch\tdemo\t2026-11-26T11:00:00Z\t2026-11-27T11:00:00Z\tolga\tcooling\n");
        assertThat(program.run("ce", "bans").out()).isEmpty();
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
    void listsSitesAndQueuesWithTheirBansAndFailures() throws IOException {
        String ce = """
                {"site":"DIRAC.A.test","name":"ce1","type":"SSH","bans":[],"queues":[
                  {"name":"short","tags":[],"required_tags":[],"vos":["demo"],"max_total_jobs":10,"max_waiting_jobs":5,
                   "last_round":"2026-11-26T11:00:00Z","free_places":4,"failures":0,
                   "last_submission":"2026-11-26T10:59:00Z","pilots":{"Waiting":2,"Running":1},"done_empty":0,
                   "efficiency":50.0,"submissions":[
                     {"hour":"2026-11-26T10:00:00Z","vo":"demo","tried":4,"accepted":3,"refused":1,"undecided":0}]},
                  {"name":"long","tags":[],"required_tags":[],"vos":[],"failures":3,"failed":"2026-11-26T11:00:00Z",
                   "failure":"no route to host","next_try":"2026-11-26T11:02:00Z","pilots":{},"done_empty":0,
                   "submissions":[]}]}""";
        server.on(
                        "GET /api/resources/sites",
                        200,
                        "[{\"name\":\"DIRAC.A.test\",\"suspended\":false,\"bans\":[],\"ces\":[" + ce + "]}]")
                .on("GET /api/resources/sites/DIRAC.A.test/ces/ce1", 200, ce)
                .on("GET /api/bans", 200, """
                        [{"id":4,"kind":"site","name":"LCG.CERN.ch","vo":"demo","reason":"cooling","author":"olga",
                          "since":"2026-11-26T11:00:00Z"}]""");
        assertThat(program.run("site", "list").out())
                .isEqualTo(
                        "DIRAC.A.test\t1\t2\t2\t1\t1 of 2 queues: fails, 3 in a row, last 2026-11-26T11:00:00Z: no route"
                                + " to host; tried again about 2026-11-26T11:02:00Z\n"
                                + "LCG.CERN.ch\t0\t0\t0\t0\tbanned for the VO demo by olga: cooling\n");
        assertThat(program.run("ce", "list", "--site", "DIRAC.A.test").out())
                .startsWith("DIRAC.A.test\tce1\tSSH\tshort\t2\t1\t4\t2026-11-26T10:59:00Z\tusable\n");
        assertThat(program.run("ce", "show", "DIRAC.A.test/ce1").out())
                .contains("Limits", "10 pilots, 5 waiting", "1 Running, 2 Waiting", "50.0 %", "no route to host");
        assertThat(server.last().query()).isEqualTo("hours=24");
        assertThat(program.run("ce", "show", "ce1").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void tellsOfEachStepOfATestAndWhyItFailed() throws IOException {
        String test = """
                {"id":7,"site":"DIRAC.A.test","ce":"ce1","queue":"short","vo":"demo","author":"olga",
                 "started":"2026-11-26T11:00:00Z","job_id":12,%s"steps":[
                 {"step":"configuration read","state":"done","at":"2026-11-26T11:00:00Z"},
                 {"step":"taken up by the site director","state":"done","at":"2026-11-26T11:00:05Z"},
                 {"step":"computing element answers","state":"%s"%s},
                 {"step":"pilot submitted","state":"pending"}]}""";
        server.on("POST /api/resources/tests", 200, "[" + test.formatted("", "current", "") + "]")
                .on(
                        "GET /api/resources/tests/7",
                        200,
                        test.formatted(
                                "\"ended\":\"2026-11-26T11:00:06Z\",\"failure\":\"no route to host\",",
                                "failed",
                                ",\"detail\":\"no route to host\""));
        Program.Result run = program.run("ce", "test", "DIRAC.A.test/ce1");
        assertThat(run.code()).isEqualTo(ExitCode.JOBS_FAILED);
        assertThat(run.out())
                .contains(
                        "Test 7 of DIRAC.A.test/ce1/short for the VO demo, by job 12",
                        "  ok         5.0 s  taken up by the site director",
                        "computing element answers: no route to host",
                        "dirac-ee job show 12");
        assertThat(program.run("ce", "test").code()).isEqualTo(ExitCode.USAGE);
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
