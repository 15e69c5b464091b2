/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.diracee.client.FakeServer;
import org.diracee.client.sandbox.SandboxPacker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobCommandsTest {

    private static final String PFN = "SB:SandboxSE|/S3/sandboxes/demo/demo_user/alice/sha256:%s.tar.zst";

    private static final String AWAY = "{\"detail\":\"The node goes down\"}";

    private final FakeServer server;
    private final Path directory;
    private final Program program;

    JobCommandsTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        server = new FakeServer();
        program = new Program(server, directory).loggedIn();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String submitted(long... ids) {
        StringBuilder rows = new StringBuilder("[");
        for (long id : ids) {
            rows.append(rows.length() == 1 ? "" : ",").append("""
                    {"JobID":%d,"Status":"Received","MinorStatus":"Job accepted","TimeStamp":"2026-11-22T12:00:00Z"}""".formatted(id));
        }
        return rows + "]";
    }

    @Test
    void submitsASweepWithItsFiles() throws IOException {
        server.on(
                        "POST /api/jobs/sandbox",
                        200,
                        "{\"pfn\":\"%s\",\"url\":\"%s/put\",\"fields\":{\"key\":\"k\"}}"
                                .formatted(PFN, server.address()))
                .on("POST /put", 204, "")
                .on("POST /api/jobs/jdl", 201, submitted(1, 2, 3, 7));
        Files.createDirectory(directory.resolve("ex"));
        Files.writeString(directory.resolve("ex/run.sh"), "#!/bin/sh");
        Files.writeString(
                directory.resolve("ex/sweep.jdl"),
                "Executable = \"run.sh\"; Parameters = 4; InputSandbox = {\"run.sh\", \"LFN:/demo/x\"};");

        Program.Result result = program.onTerminal().run("job", "submit", "ex/sweep.jdl", "-p", "CPUTime=300");

        assertThat(result.out()).isEqualToNormalizingNewlines("4 jobs submitted: 1-3,7\n");
        assertThat(result.err()).isEmpty();
        FakeServer.Request request = server.requests("POST /api/jobs/jdl").get(0);
        assertThat(request.headers()).containsKey("idempotency-key");
        JsonNode jdls = new ObjectMapper().readTree(request.body());
        assertThat(jdls).hasSize(1);
        assertThat(jdls.get(0).asText())
                .contains("InputSandbox = {\"" + PFN + "\", \"LFN:/demo/x\"}", "CPUTime = 300", "Parameters = 4");
        assertThat(server.requests("POST /put")).hasSize(1);
    }

    @Test
    void sendsNoBytesThatTheServerHas() throws IOException {
        server.on("POST /api/jobs/sandbox", 200, "{\"pfn\":\"%s\",\"url\":null,\"fields\":{}}".formatted(PFN))
                .on("POST /api/jobs/jdl", 201, submitted(5));
        Files.writeString(directory.resolve("a"), "1");
        Files.writeString(directory.resolve("j.jdl"), "Executable = \"/bin/cat\"; InputSandbox = \"a\";");

        assertThat(program.run("job", "submit", "j.jdl").out()).isEqualToNormalizingNewlines("5\n");
        assertThat(server.requests("POST /put")).isEmpty();
    }

    @Test
    void submitsDescriptionsInYamlAndJson() throws IOException {
        server.on("POST /api/jobs", 201, submitted(5, 6, 7));
        Files.writeString(directory.resolve("two.yaml"), """
                # two jobs
                - Executable: /bin/true
                  CPUTime: 300
                  Site: [A.b.c, D.e.f]
                - Executable: /bin/false
                """);
        Files.writeString(
                directory.resolve("one.json"), "{\n\t\"Executable\": \"\\/bin\\/date\", \"WholeNode\": true}");

        assertThat(program.run("job", "submit", "two.yaml", "one.json").err()).isEmpty();

        assertThat(new ObjectMapper()
                        .readTree(server.requests("POST /api/jobs").get(0).body())
                        .toString())
                .isEqualTo("[{\"Executable\":\"/bin/true\",\"CPUTime\":300,\"Site\":[\"A.b.c\",\"D.e.f\"]},"
                        + "{\"Executable\":\"/bin/false\"},{\"Executable\":\"/bin/date\",\"WholeNode\":true}]");
    }

    @Test
    void sendsEachDescriptionToTheRouteOfItsForm() throws IOException {
        server.on("POST /api/jobs/jdl", 201, submitted(5)).on("POST /api/jobs", 201, submitted(6));
        Files.writeString(directory.resolve("a.jdl"), "Executable = \"/bin/true\";");
        Files.writeString(directory.resolve("b.json"), "{\"Executable\": \"/bin/date\"}");

        assertThat(program.run("job", "submit", "b.json", "a.jdl", "-p", "Site={\"A.b.c\"}")
                        .out())
                .isEqualToNormalizingNewlines("5-6\n");

        assertThat(server.requests("POST /api/jobs").get(0).body())
                .isEqualTo("[{\"Executable\":\"/bin/date\",\"Site\":[\"A.b.c\"]}]");
        assertThat(server.requests("POST /api/jobs/jdl").get(0).body()).contains("A.b.c");
    }

    @Test
    void namesTheFileThatTheServerRefuses() throws IOException {
        server.on("POST /api/jobs/jdl", 400, """
                        {"status":400,"detail":"Description 2 of 2: The job description is invalid: Priority: 77","code":"JDL_INVALID"}""").on("POST /api/jobs", 400, """
                        {"status":400,"detail":"The job description is invalid: [0].a: is no attribute","code":"JDL_INVALID"}""");
        Files.writeString(directory.resolve("a.jdl"), "Executable = \"/bin/true\";");
        Files.writeString(directory.resolve("b.jdl"), "Executable = \"/bin/true\"; Priority = 77;");
        Files.writeString(directory.resolve("c.json"), "{\"a\": 1}");

        assertThat(program.run("job", "submit", "a.jdl", "b.jdl").err())
                .startsWith("In b.jdl:\n")
                .contains("Description 2 of 2");
        assertThat(program.run("job", "submit", "c.json").err())
                .startsWith("In c.json:\n")
                .contains("[0].a: is no attribute");
    }

    @Test
    void doesNotUnfoldABomb() throws IOException {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(5)));
        }
        Files.writeString(directory.resolve("bomb.yaml"), bomb);
        assertThat(program.run("job", "submit", "bomb.yaml").err())
                .contains("bomb.yaml is no job description: it stands for more than 2000000 values");
        Files.writeString(directory.resolve("bomb.yaml"), "a: &a [*a]\n");
        assertThat(program.run("job", "submit", "bomb.yaml").err()).contains("more than 64 levels");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void saysWhereAJsonFileIsWrong() throws IOException {
        Files.writeString(directory.resolve("j.json"), "{\"Executable\": \"x\",\n\"Executable\": \"y\"}");
        assertThat(program.run("job", "submit", "j.json").err())
                .contains("j.json is no job description", "Duplicate field 'Executable'", "line 2");
        Files.writeString(directory.resolve("j.json"), "\n");
        assertThat(program.run("job", "submit", "j.json").err()).contains("j.json is empty");
    }

    @Test
    void saysWhereAYamlFileIsWrong() throws IOException {
        Files.writeString(directory.resolve("j.yaml"), "- Executable: x\n- Site: [a, null]\n");
        assertThat(program.run("job", "submit", "j.yaml").err()).contains("j.yaml", "[1].Site[1]: null is not allowed");
        Files.writeString(directory.resolve("j.yaml"), "Executable: x\nExecutable: y\n");
        assertThat(program.run("job", "submit", "j.yaml").err()).contains("duplicate key", "line 2");
        Files.writeString(directory.resolve("j.yaml"), "Executable: [x\n");
        assertThat(program.run("job", "submit", "j.yaml").err()).contains("j.yaml is no job description", "line 2");
        Files.writeString(directory.resolve("j.yaml"), "just words");
        assertThat(program.run("job", "submit", "j.yaml").err()).contains("has no attributes");
        Files.writeString(directory.resolve("j.yaml"), "# nothing");
        assertThat(program.run("job", "submit", "j.yaml").err()).contains("j.yaml is empty");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void refusesWhatCannotBeSent() throws IOException {
        Files.writeString(directory.resolve("j.jdl"), "Executable = \"x\"; InputSandbox = {\"gone.sh\"};");
        assertThat(program.run("job", "submit", "j.jdl"))
                .satisfies(result -> assertThat(result.code()).isEqualTo(ExitCode.USAGE))
                .satisfies(result -> assertThat(result.err())
                        .contains("j.jdl: the input sandbox names 'gone.sh'", directory + "/gone.sh"));

        Files.writeString(directory.resolve("j.jdl"), "Executable = \"x\"; InputSandbox = {\"in-%n.txt\"};");
        assertThat(program.run("job", "submit", "j.jdl").err()).contains("all jobs of a sweep share one sandbox");

        assertThat(program.reading("Executable = ;").run("job", "submit", "-").err())
                .contains("The standard input is no job description", "line 1, column 14");
        assertThat(program.run("job", "submit", "gone.jdl").err()).contains("gone.jdl does not exist");
        assertThat(program.run("job", "submit", "gone.jdl").code()).isEqualTo(ExitCode.LOCAL);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void warnsOfAnExecutableThatStaysBehind() throws IOException {
        server.on("POST /api/jobs/jdl", 201, submitted(5));
        Files.writeString(directory.resolve("run.sh"), "");
        Files.writeString(directory.resolve("j.jdl"), "Executable = \"run.sh\";");
        assertThat(program.run("job", "submit", "j.jdl").err())
                .contains("Warning: j.jdl: the executable 'run.sh'", "not sent");
    }

    @Test
    void tellsHowToRepeatASubmissionOfWhichNothingIsKnown() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Program.Result result = program.with("DIRACX_URL", "http://localhost:" + port)
                .reading("Executable = \"/bin/true\";")
                .run("job", "submit", "-", "--idempotency-key", "my-key");
        assertThat(result.err()).contains("--idempotency-key my-key", "cannot be reached");
        assertThat(result.code()).isEqualTo(ExitCode.UNREACHABLE);
    }

    @Test
    void tellsScriptsThatTheServerCannotAnswerForNow() {
        server.on("GET /api/auth/userinfo", 503, "{\"detail\":\"The database cannot be reached for now\"}");

        Program.Result result = program.run("whoami");

        assertThat(result.code()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(result.err()).contains("The server cannot answer for now: The database cannot be reached for now");
    }

    @Test
    void warnsOfASessionThatOthersMayRead() throws IOException {
        server.on("GET /api/auth/userinfo", 503, "{}");
        assertThat(program.run("whoami").err()).doesNotContain("Warning");

        Files.setPosixFilePermissions(program.credentials().path(), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(program.run("whoami").err()).contains("Warning: others may read or change", "chmod 600");
    }

    @Test
    void listsForPeopleAndForPrograms() {
        server.on("POST /api/jobs/search", 206, """
                [{"JobID":12,"Status":"Done","MinorStatus":"Execution Complete","ApplicationStatus":"exit code 0",
                  "Site":"DIRAC.Local.demo","JobName":"n","Owner":"alice","SubmissionTime":"2026-11-22T11:59:00.5Z"},
                 {"JobID":3,"Status":"Failed","MinorStatus":"evil\\tname\\u001b[31m","ApplicationStatus":"",
                  "Site":"ANY","JobName":"a longer name","Owner":"alice","SubmissionTime":"2026-11-22T11:58:00Z"}]""", "Content-Range", "jobs 0-1/40");

        assertThat(program.run("job", "list", "-n", "2").out()).isEqualToNormalizingNewlines("""
                12\tDone\tExecution Complete\texit code 0\tDIRAC.Local.demo\tn\talice\t2026-11-22T11:59:00.500Z
                3\tFailed\tevil name[31m\t\tANY\ta longer name\talice\t2026-11-22T11:58:00Z
                """);
        Program.Result seen = program.onTerminal().run("job", "list", "-n", "2");
        assertThat(seen.out()).isEqualToNormalizingNewlines("""
                JOB  STATUS  MINOR STATUS        APPLICATION STATUS  SITE              NAME           OWNER  SUBMITTED
                12   Done    Execution Complete  exit code 0         DIRAC.Local.demo  n              alice  2026-11-22 11:59:00
                3    Failed  evil name[31m                           ANY               a longer name  alice  2026-11-22 11:58:00
                """);
        assertThat(seen.err()).isEqualToNormalizingNewlines("2 of 40 jobs; --limit shows more.\n");
    }

    @Test
    void showsHowPilotsFare() throws IOException {
        server.on("GET /api/pilots/efficiency", 200, """
                [{"Site":"LCG.CERN.cern","CE":"ce1","Counts":{"Done":8,"Aborted":4,"Waiting":1},"Done_Empty":4,
                  "Aborted_Hour":2,"Total":13,"PilotsPerJob":2.0,"PilotJobEff":69.2308,"Status":"Fair","InMask":false}]""");
        assertThat(program.run("pilot", "summary", "--site", "LCG.CERN.cern").out())
                .isEqualToNormalizingNewlines("LCG.CERN.cern\tce1\t1\t0\t8\t4\t0\t4\t2\t13\t2.00\t69.2 %\tFair\tno\n");
    }

    @Test
    void showsWhatPilotsWrote() throws IOException {
        server.on("GET /api/pilots/logs", 200, """
                        [{"sequence":7,"pilot_stamp":"p1","timestamp":"2026-11-22T12:00:00Z","severity":"INFO",
                          "scope":"Pilot","message":"disk full"}]""").on("GET /api/pilots/logs", 200, "[]");
        assertThat(program.run("pilot", "logs", "--grep", "disk").out())
                .startsWith("p1 ")
                .endsWith("INFO  Pilot: disk full\n");
        assertThat(program.run("pilot", "logs").err()).contains("A pilot's stamp is needed, or --job or --grep.");
        server.on("POST /api/pilots/search", 200, "[]");
        Program.Result unknown = program.run("pilot", "logs", "nosuch");
        assertThat(unknown.err()).contains("No pilot has the stamp nosuch in your VO.");
        assertThat(unknown.code()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void endsPilots() throws IOException {
        server.on("POST /api/pilots/kill", 200, """
                {"success":{"p1":{"Status":"Running"}},"failed":{"p2":{"detail":"It has ended","code":"CONFLICT","errno":1}}}""");
        Program.Result result = program.run("pilot", "kill", "p1", "p2");
        assertThat(result.out()).isEqualToNormalizingNewlines("p1\n");
        assertThat(result.err()).isEqualToNormalizingNewlines("Pilot p2 not ended: It has ended\n");
    }

    @Test
    void listsPilotsOnTheSameTerms() throws IOException {
        server.on("POST /api/pilots/search", 206, """
                [{"PilotStamp":"p1","Status":"Running","DestinationSite":"ce","GridSite":"DIRAC.Local.demo","Queue":"q",
                  "CurrentJobID":7,"SubmissionTime":"2026-11-22T11:59:00Z","LastUpdateTime":null,"StatusReason":null}]""", "Content-Range", "pilots 0-0/3");

        Program.Result seen = program.onTerminal().run("pilot", "list", "-n", "1", "--site", "DIRAC.Local.demo");
        assertThat(seen.out()).isEqualToNormalizingNewlines("""
                PILOT  STATUS   CE  SITE              QUEUE  JOB  SUBMITTED            LAST NEWS  REASON
                p1     Running  ce  DIRAC.Local.demo  q      7    2026-11-22 11:59:00
                """);
        assertThat(seen.err()).isEqualToNormalizingNewlines("1 of 3 pilots; --limit shows more.\n");
        assertThat(new ObjectMapper()
                        .readTree(server.last().body())
                        .path("search")
                        .toString())
                .isEqualTo("[{\"parameter\":\"GridSite\",\"operator\":\"in\",\"values\":[\"DIRAC.Local.demo\"]}]");
    }

    @Test
    void searchesOwnJobsUnlessToldOtherwise() throws IOException {
        server.on("POST /api/jobs/search", 200, "[]");
        program.run(
                "job", "list", "--status", "Failed,Killed", "--where", "JobName not like x%", "--where", "JobID gt 7");
        JsonNode search = new ObjectMapper().readTree(server.last().body()).path("search");
        assertThat(search.toString())
                .isEqualTo("[{\"parameter\":\"Owner\",\"operator\":\"in\",\"values\":[\"alice\"]},"
                        + "{\"parameter\":\"Status\",\"operator\":\"in\",\"values\":[\"Failed\",\"Killed\"]},"
                        + "{\"parameter\":\"JobName\",\"operator\":\"not like\",\"value\":\"x%\"},"
                        + "{\"parameter\":\"JobID\",\"operator\":\"gt\",\"value\":7}]");
        program.run("job", "list", "--all");
        assertThat(server.last().body()).doesNotContain("Owner\",\"operator");
        program.run("job", "list", "--all", "--where", "JobID in 1-3, 7", "--where", "Site not in A.b.c,D.e.f");
        assertThat(server.last().body())
                .contains("{\"parameter\":\"JobID\",\"operator\":\"in\",\"values\":[1,2,3,7]},"
                        + "{\"parameter\":\"Site\",\"operator\":\"not in\",\"values\":[\"A.b.c\",\"D.e.f\"]}");
    }

    @Test
    void namesTheStatusesThatThereAre() {
        for (String[] command : List.of(
                new String[] {"job", "list", "-s", "Done,foo"},
                new String[] {"job", "kill", "-g", "G", "-s", "foo"},
                new String[] {"history", "-s", "foo"})) {
            assertThat(program.run(command).err()).contains("--status foo: allowed are Submitting, Received, Checking");
        }
        assertThat(program.run("pilot", "list", "-s", "Matched").err())
                .contains("--status Matched: allowed are Submitted, Waiting, Running, Done");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void waitsUntilAllHaveEndedAndTellsHow() {
        server.on("POST /api/jobs/summary", 200, "[{\"Status\":\"Waiting\",\"count\":3}]")
                .on("POST /api/jobs/summary", 200, "[{\"Status\":\"Waiting\",\"count\":3}]")
                .on(
                        "POST /api/jobs/summary",
                        200,
                        "[{\"Status\":\"Running\",\"count\":1},{\"Status\":\"Done\",\"count\":2}]")
                .on("POST /api/jobs/summary", 200, "[{\"Status\":\"Done\",\"count\":3}]");
        Program.Result result = program.run("job", "wait", "1-3");
        assertThat(result.err()).isEqualToNormalizingNewlines("3 Waiting\n2 Done, 1 Running\n3 Done\n");
        assertThat(result.code()).isZero();
        assertThat(program.pauses())
                .allSatisfy(pause -> assertThat(pause).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10)));
    }

    @Test
    void showsAPersonHowFarTheJobsAre() {
        server.on(
                        "POST /api/jobs/summary",
                        200,
                        "[{\"Status\":\"Waiting\",\"count\":3},{\"Status\":\"Done\",\"count\":1}]")
                .on("POST /api/jobs/summary", 200, "[{\"Status\":\"Done\",\"count\":4}]");
        assertThat(program.showingProgress().run("job", "wait", "1-4").err())
                .contains("\r[#######-----------------------] 1 Done, 3 Waiting")
                .contains("\r[" + "#".repeat(30) + "] 4 Done");
    }

    @Test
    void exportsAllThatMatchAsItComes() {
        server.on("POST /api/jobs/search", 200, "JobID,JobName\r\n1,ä\r\n");

        Program.Result result = program.run("job", "list", "--all", "--format", "csv", "-g", "reco");

        assertThat(result.out()).isEqualToNormalizingNewlines("JobID,JobName\n1,ä\n");
        FakeServer.Request request = server.requests("POST /api/jobs/search").get(0);
        assertThat(request.headers()).containsEntry("accept", "text/csv");
        assertThat(request.query()).isEmpty();
        assertThat(request.body()).contains("reco").doesNotContain("parameters", "sort\":[{");
        assertThat(program.run("job", "list", "--format", "xml").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void tellsThatAnExportIsNotWhole() {
        server.on("POST /api/jobs/search", 200, "JobID\r\n1\r\nIncomplete: the database is away\r\n");

        Program.Result result = program.run("job", "list", "--format", "csv");

        assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(result.err()).contains("The server broke off");
    }

    @Test
    void tellsThatAnExportWasRefused() {
        server.on("POST /api/jobs/search", 400, "{\"detail\":\"no such column\"}");

        assertThat(program.run("job", "list", "--format", "ndjson").err()).contains("no such column");
    }

    @Test
    void waitsOnWhenTheServerIsAwayForAWhile() {
        server.on("POST /api/jobs/summary", 200, "[{\"Status\":\"Running\",\"count\":3}]")
                .on("POST /api/jobs/summary", 503, AWAY, "Retry-After", "60")
                .on("POST /api/jobs/summary", 503, AWAY, "Retry-After", "60")
                .on("POST /api/jobs/summary", 200, "[{\"Status\":\"Done\",\"count\":3}]");
        Program.Result result = program.run("job", "wait", "1-3");
        assertThat(result.err()).isEqualToNormalizingNewlines("""
                3 Running
                The node goes down
                The jobs go on; asking again until it answers.
                The server answers again.
                3 Done
                """);
        assertThat(result.code()).isZero();
    }

    @Test
    void waitsOnWhileTheServerStarts() {
        server.on("POST /api/jobs/summary", 200, "[{\"Status\":\"Running\",\"count\":3}]");
        for (int call = 0; call < 20; call++) {
            server.on("POST /api/jobs/summary", 404, "<html><body>404 - Not Found</body></html>");
        }
        server.on("POST /api/jobs/summary", 200, "[{\"Status\":\"Done\",\"count\":3}]");

        Program.Result result = program.run("job", "wait", "1-3");

        assertThat(result.err()).contains("The server answers again.");
        assertThat(result.code()).isZero();
    }

    @Test
    void doesNotWaitForAServerThatNeverAnswered() {
        server.on("POST /api/jobs/summary", 503, AWAY, "Retry-After", "60");
        assertThat(program.run("job", "wait", "1-3").err()).contains("The node goes down", "Try again in 60 s.");
    }

    @Test
    void showsChangesAndGoesOnFromTheLastWhenTheServerWasAway() {
        String change = """
                {"JobID":%d,"Status":"%s","MinorStatus":"m","ApplicationStatus":"a\\u001b[2J","StatusTime":"2026-11-22T11:00:05Z",
                 "Source":"JobWrapper","JobGroup":"g","Owner":"alice","OwnerGroup":"demo_user","VO":"demo"}""";
        server.on("GET /api/jobs/changes", 200, "{\"changes\":[],\"next\":\"c0\",\"more\":false}")
                .on(
                        "GET /api/jobs/changes",
                        200,
                        "{\"changes\":[%s],\"next\":\"c1\",\"more\":true}".formatted(change.formatted(7, "Running")))
                .on("GET /api/jobs/changes", 503, AWAY, "Retry-After", "60")
                .on(
                        "GET /api/jobs/changes",
                        200,
                        "{\"changes\":[%s],\"next\":\"c2\",\"more\":false}".formatted(change.formatted(8, "Done")))
                .on("GET /api/jobs/changes", 410, "{\"detail\":\"after: gone\",\"code\":\"CURSOR_GONE\"}");

        Program.Result result = program.run("job", "watch", "7,8-9", "-g", "g,h");

        assertThat(result.out()).isEqualToNormalizingNewlines("""
                2026-11-22T11:00:05Z\t7\tRunning\tm\ta[2J\tJobWrapper
                2026-11-22T11:00:05Z\t8\tDone\tm\ta[2J\tJobWrapper
                """);
        assertThat(result.err()).contains("The node goes down", "The server answers again.", "after: gone");
        assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(server.requests("GET /api/jobs/changes"))
                .extracting(FakeServer.Request::query)
                .containsExactly(
                        "id=7-9&job_group=g&job_group=h&wait=30",
                        "id=7-9&job_group=g&job_group=h&wait=30&after=c0",
                        "id=7-9&job_group=g&job_group=h&wait=30&after=c1",
                        "id=7-9&job_group=g&job_group=h&wait=30&after=c1",
                        "id=7-9&job_group=g&job_group=h&wait=30&after=c2");
    }

    @Test
    void showsChangesOfPilotsAndGoesOnWhereTheStreamBroke() {
        String event = """
                id: %s
                event: pilot
                data: {"PilotStamp":"p1","Status":"%s","StatusReason":"r\\u001b","Time":"2026-11-22T11:00:05Z",
                data:  "GridSite":"LCG.CERN.cern","DestinationSite":"ce1","VO":"demo"}

                """;
        String end = "id: c9\nevent: end\ndata: {\"reason\":\"the time that was asked for is up\"}\n\n";
        server.on("GET /api/events", 200, "id: c0\n: pilots\nretry: 3000\n\n")
                .on("GET /api/events", 200, "id: c0\n: pilots\nretry: 3000\n\nid: c0\n: still here\n\n" + end)
                .on("GET /api/events", 200, event.formatted("c1", "Running"))
                .on("GET /api/events", 200, event.formatted("c2", "Done") + end)
                .on("GET /api/events", 410, "{\"detail\":\"after: gone\",\"code\":\"CURSOR_GONE\"}");

        Program.Result result =
                program.run("pilot", "watch", "p1", "--site", "LCG.CERN.cern", "--ce", "ce1", "-s", "Running,Done");

        assertThat(result.out()).isEqualToNormalizingNewlines("""
                2026-11-22T11:00:05Z\tp1\tRunning\tce1\tLCG.CERN.cern\tr
                2026-11-22T11:00:05Z\tp1\tDone\tce1\tLCG.CERN.cern\tr
                """);
        assertThat(result.err()).contains("the answer broke off", "The server answers again.", "after: gone");
        assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
        String asked = "topic=pilots&stamp=p1&site=LCG.CERN.cern&ce=ce1&status=Running&status=Done&duration=30";
        assertThat(server.requests("GET /api/events"))
                .extracting(FakeServer.Request::query)
                .containsExactly(
                        asked, asked + "&after=c0", asked + "&after=c9", asked + "&after=c1", asked + "&after=c9");
        assertThat(server.last().headers()).containsEntry("accept", "text/event-stream");
    }

    @Test
    void endsWithOneIfAJobFailed() {
        server.on(
                "POST /api/jobs/summary",
                200,
                "[{\"Status\":\"Failed\",\"count\":1},{\"Status\":\"Done\",\"count\":2}]");
        Program.Result result = program.run("job", "wait", "1-3", "--json");
        assertThat(result.code()).isEqualTo(ExitCode.JOBS_FAILED);
        assertThat(result.out().replaceAll("\\s", "")).isEqualTo("{\"Done\":2,\"Failed\":1}");
    }

    @Test
    void doesNotWaitForJobsThatAreNotThere() {
        server.on("POST /api/jobs/summary", 200, "[{\"Status\":\"Done\",\"count\":2}]");
        Program.Result result = program.run("job", "wait", "1-3");
        assertThat(result.err()).contains("1 of the 3 jobs");
        assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void showsWhyAJobFailed() {
        server.on("GET /api/jobs/25", 200, """
                {"JobID":25,"JobType":"User","JobGroup":"g","Site":"DIRAC.Local.demo","JobName":"failing","Owner":"alice",
                 "OwnerGroup":"demo_user","VO":"demo","SubmissionTime":"2026-11-22T11:00:00Z","RescheduleTime":null,
                 "LastUpdateTime":"2026-11-22T11:00:09Z","StartExecTime":"2026-11-22T11:00:05Z","HeartBeatTime":null,
                 "EndExecTime":"2026-11-22T11:00:09Z","Status":"Failed","MinorStatus":"Application Finished With Errors",
                 "ApplicationStatus":"exit code 42","UserPriority":1,"RescheduleCounter":0,"VerifiedFlag":true,
                 "AccountedFlag":false,"Attempt":1,"PilotStamp":"abc","ClientRef":"row 3",
                 "Parameters":{"ExitCode":"42","Error Message":"no calibration\\ntried \\u001b[2Jdb","HostName":"wn1"},
                 "Warnings":["Attribute 'OutputSE' is stored and not yet acted on"]}""").on("GET /api/jobs/25/log", 200, """
                        [{"Status":"Failed","MinorStatus":"m","ApplicationStatus":"exit code 42",
                          "StatusTime":"2026-11-22T11:00:09Z","Source":"JobWrapper"}]""");
        assertThat(program.run("job", "show", "25").out()).isEqualToNormalizingNewlines("""
                Job 25  failing
                  Status        Failed
                  Minor status  Application Finished With Errors
                  Application   exit code 42
                  Owner         alice, group demo_user, VO demo
                  Site          DIRAC.Local.demo
                  Group, type   g, User
                  Reference     row 3
                  Submitted     2026-11-22 11:00:00
                  Started       2026-11-22 11:00:05
                  Ended         2026-11-22 11:00:09
                  Attempt       1
                  Pilot         abc

                Why it failed
                  exit code 42 (Application Finished With Errors)
                  its last words:
                    no calibration
                    tried [2Jdb

                Warnings
                  Attribute 'OutputSE' is stored and not yet acted on

                Parameters
                  ExitCode  42
                  HostName  wn1

                History
                TIME                 STATUS  MINOR STATUS  APPLICATION STATUS  SOURCE
                2026-11-22 11:00:09  Failed  m             exit code 42        JobWrapper
                """);
        server.on(
                "GET /api/jobs/26", 404, "{\"status\":404,\"detail\":\"Job 26 not found\",\"code\":\"JOB_NOT_FOUND\"}");
        Program.Result range = program.run("job", "show", "25-26");
        assertThat(range.out()).startsWith("Job 25  failing");
        assertThat(range.err()).isEqualToNormalizingNewlines("Job 26 not found\n");
        assertThat(range.code()).isEqualTo(ExitCode.JOBS_FAILED);
        assertThat(program.run("job", "show", "26").code()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void fetchesAndUnpacksOutput() throws IOException {
        Path file = Files.writeString(directory.resolve("std.out"), "hello");
        var packed = new SandboxPacker(SandboxPacker.Links.FOLLOW)
                .pack(Map.of("std.out", file), directory.resolve("packed"));
        String pfn = PFN.formatted(packed.sha256());
        server.on("GET /api/jobs/1/sandbox/output", 200, "[\"" + pfn + "\"]")
                .on("GET /api/jobs/2/sandbox/output", 200, "[null]")
                .on("GET /api/jobs/sandbox", 200, "{\"url\":\"/get\",\"expires_in\":300}")
                .on("GET /get", Files.readAllBytes(packed.archive()));

        Program.Result result = program.run("job", "output", "1-2", "--dir", "out");

        assertThat(directory.resolve("out/1/std.out")).hasContent("hello");
        assertThat(result.out()).isEqualToNormalizingNewlines("1\t" + directory.resolve("out/1/std.out") + "\n");
        assertThat(result.err()).isEqualToNormalizingNewlines("No output sandbox: 2\n");
        assertThat(result.code()).isEqualTo(ExitCode.JOBS_FAILED);
    }

    @Test
    void refusesOutputThatArrivesDamaged() {
        server.on("GET /api/jobs/1/sandbox/output", 200, "[\"" + PFN.formatted("0".repeat(64)) + "\"]")
                .on("GET /api/jobs/sandbox", 200, "{\"url\":\"/get\",\"expires_in\":300}")
                .on("GET /get", "other".getBytes(UTF_8));
        Program.Result result = program.run("job", "output", "1");
        assertThat(result.err()).contains("damaged");
        assertThat(result.code()).isEqualTo(ExitCode.LOCAL);
    }

    @Test
    void killsAndTellsWhatCouldNotBeKilled() throws IOException {
        String stands =
                "{\"Status\":\"%s\",\"MinorStatus\":\"x\",\"ApplicationStatus\":null,\"HeartBeatTime\":null,\"StartExecTime\":null,"
                        + "\"EndExecTime\":null,\"LastUpdateTime\":null}";
        server.on("PATCH /api/jobs/status", 200, """
                {"success":{"1":%1$s,"2":%1$s,"3":%2$s},"failed":{"9":{"detail":"Job 9 not found","code":"JOB_NOT_FOUND","errno":0}}}""".formatted(stands.formatted("Killed"), stands.formatted("Done")));
        Program.Result result = program.onTerminal().run("job", "kill", "1-3,9");
        assertThat(result.out()).isEqualToNormalizingNewlines("2 jobs killed: 1-2\n");
        assertThat(result.err())
                .isEqualToNormalizingNewlines("Job 3 not killed: It is Done\nJob 9 not killed: Job 9 not found\n");
        assertThat(result.code()).isEqualTo(ExitCode.JOBS_FAILED);
        assertThat(new ObjectMapper()
                        .readTree(server.last().body())
                        .path("9")
                        .path("2026-11-22T12:00:00Z")
                        .isMissingNode())
                .as("the change bears the client's own time")
                .isTrue();
    }

    @Test
    void killsWhatConditionsChooseByAnOperation() {
        String operation = "{\"id\":5,\"action\":\"kill\",\"search\":[],\"owner\":\"alice\",\"group\":\"demo_user\","
                + "\"vo\":\"demo\",\"state\":\"Done\",\"total\":3,\"done\":2,\"failed\":1,"
                + "\"created\":\"2026-11-22T12:00:00Z\"}";
        server.on("POST /api/jobs/actions", 202, operation)
                .on("GET /api/operations/5", 200, operation)
                .on("GET /api/operations/5/problems", 200, """
                        {"problems":[{"JobID":9,"code":"CONFLICT","detail":"Job 9 is Done, not Killed"}]}""");
        Program.Result result = program.run("job", "kill", "--group", "G", "--where", "Status eq Waiting");
        assertThat(server.requests("POST /api/jobs/actions").get(0).body())
                .isEqualTo("{\"action\":\"kill\",\"search\":["
                        + "{\"parameter\":\"Owner\",\"operator\":\"in\",\"values\":[\"alice\"]},"
                        + "{\"parameter\":\"JobGroup\",\"operator\":\"in\",\"values\":[\"G\"]},"
                        + "{\"parameter\":\"Status\",\"operator\":\"eq\",\"value\":\"Waiting\"}]}");
        assertThat(result.out()).isEqualToNormalizingNewlines("2 jobs killed\n");
        assertThat(result.err())
                .isEqualToNormalizingNewlines("Operation 5; it goes on without this command, and ends with: dirac-ee"
                        + " operation cancel 5\nJob 9 not killed: Job 9 is Done, not Killed\n");
        assertThat(result.code()).isEqualTo(ExitCode.JOBS_FAILED);
    }

    @Test
    void givesPrioritiesToNamedJobsAndTellsWhatCouldNotBeDone() {
        String waiting = "[{\"JobID\":1,\"Status\":\"Waiting\"},{\"JobID\":2,\"Status\":\"Waiting\"}]";
        server.on("POST /api/jobs/search", 200, waiting)
                .on("POST /api/jobs/search", 200, waiting)
                .on("POST /api/jobs/search", 200, "[{\"JobID\":3,\"Status\":\"Done\"}]");
        server.on("PATCH /api/jobs/metadata", 204, "").on("PATCH /api/jobs/metadata", 404, """
                {"status":404,"detail":{"success":{"1":true},"failed":{"2":{"detail":"Not found","code":"JOB_NOT_FOUND","errno":0}}}}""");

        assertThat(program.run("job", "priority", "1-2", "--to", "8").out()).isEqualToNormalizingNewlines("1-2\n");
        assertThat(server.last().body()).isEqualTo("{\"1\":{\"UserPriority\":8},\"2\":{\"UserPriority\":8}}");
        Program.Result result = program.onTerminal().run("job", "priority", "1-2", "--to", "0");
        assertThat(result.out()).isEqualToNormalizingNewlines("1 job given the priority: 1\n");
        assertThat(result.err()).isEqualToNormalizingNewlines("Job 2 not given the priority: Not found\n");
        assertThat(result.code()).isEqualTo(ExitCode.JOBS_FAILED);
        Program.Result late = program.run("job", "priority", "3", "--to", "0");
        assertThat(late.err()).contains("Job 3 not given the priority: It is Done");
        assertThat(late.code()).isEqualTo(ExitCode.JOBS_FAILED);
        assertThat(program.run("job", "priority", "1", "--to", "11").err()).contains("a priority is 0 to 10");
        assertThat(program.run("job", "priority", "1").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void givesPrioritiesToChosenJobsByAnOperation() {
        String operation = "{\"id\":5,\"action\":\"set-priority\",\"priority\":8,\"search\":[],\"owner\":\"alice\","
                + "\"group\":\"demo_user\",\"vo\":\"demo\",\"state\":\"Done\",\"total\":2,\"done\":2,\"failed\":0,"
                + "\"created\":\"2026-11-22T12:00:00Z\"}";
        server.on("POST /api/jobs/actions", 202, operation).on("GET /api/operations/5", 200, operation);

        Program.Result result = program.run("job", "priority", "--to", "8", "--group", "G");

        assertThat(server.requests("POST /api/jobs/actions").get(0).body())
                .startsWith("{\"action\":\"set-priority\",\"priority\":8,\"search\":[");
        assertThat(result.out()).isEqualToNormalizingNewlines("2 jobs given the priority\n");
        assertThat(result.code()).isZero();
    }

    @Test
    void showsWhatOneMaySubmit() {
        server.on("GET /api/limits", 200, """
                [{"limit":"MaxWaitingJobs","scope":"user","name":"alice","used":950,"allowed":1000,
                  "option":"Operations/demo/JobLimits/PerUser/MaxWaitingJobs"},
                 {"limit":"MaxRunningJobs","scope":"vo","name":"demo","used":7}]""").on("GET /api/limits", 200, "[]");

        assertThat(program.onTerminal().run("limits").out()).isEqualToNormalizingNewlines("""
                LIMIT           OF    NAME   USED  ALLOWED  OPTION
                MaxWaitingJobs  user  alice  950   1000     Operations/demo/JobLimits/PerUser/MaxWaitingJobs
                MaxRunningJobs  vo    demo   7
                """);
        assertThat(program.run("limits").err()).isEqualToNormalizingNewlines("No limits.\n");
    }

    @Test
    void showsHowManyJobsThereWere() throws IOException {
        server.on("POST /api/jobs/history", 200, """
                {"step":3600,"times":["2026-11-22T10:00:00Z","2026-11-22T11:00:00Z"],
                 "series":[{"values":{"Status":"Running","Site":"ANY"},"jobs":[812.5,790.0]},
                           {"values":{"Status":"Waiting","Site":"ANY"},"jobs":[0.0,3.25]}]}""")
                .on("POST /api/jobs/history", 200, "{\"step\":3600,\"times\":[],\"series\":[]}");

        Program.Result result = program.onTerminal().run("history", "--by", "Status,Site", "-g", "reco");

        assertThat(result.out()).isEqualToNormalizingNewlines("""
                TIME                 STATUS   SITE  JOBS
                2026-11-22 10:00:00  Running  ANY   812.5
                2026-11-22 11:00:00  Running  ANY   790.0
                2026-11-22 11:00:00  Waiting  ANY   3.3
                """);
        assertThat(server.last().body())
                .isEqualTo("{\"from\":\"2026-11-21T12:00:00Z\",\"to\":\"2026-11-22T12:00:00Z\",\"step\":3600,"
                        + "\"grouping\":[\"Status\",\"Site\"],\"search\":["
                        + "{\"parameter\":\"Owner\",\"operator\":\"in\",\"values\":[\"alice\"]},"
                        + "{\"parameter\":\"JobGroup\",\"operator\":\"in\",\"values\":[\"reco\"]}]}");
        assertThat(program.run("history", "--all", "--since", "2026-11-20T00:00+01:00")
                        .err())
                .isEqualToNormalizingNewlines("No jobs were counted then.\n");
        assertThat(server.last().body()).contains("\"from\":\"2026-11-19T23:00:00Z\"", "\"search\":[]");
        assertThat(program.run("history", "--since", "yesterday").err()).contains("a time with its offset is expected");
        assertThat(program.run("history", "--step", "0").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void jobsAreNamedOrChosenButNotBoth() {
        assertThat(program.run("job", "kill", "7", "--group", "G").code()).isEqualTo(ExitCode.USAGE);
        assertThat(program.run("job", "kill").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void readsTheAnswerOfACallOfWhichNothingSucceeded() {
        server.on("POST /api/jobs/reschedule", 400, """
                {"status":400,"detail":{"success":{},"failed":{"4":{"detail":"too often","code":"RESCHEDULING_LIMIT","errno":0}}}}""");
        Program.Result result = program.run("job", "reschedule", "4");
        assertThat(result.err()).isEqualToNormalizingNewlines("Job 4 not rescheduled: too often\n");
        assertThat(result.code()).isEqualTo(ExitCode.JOBS_FAILED);
    }

    private static final String RESOURCES = """
            {"Known":2,"Fitting":0,"Taking":0,"Best":[
              {"Site":"DIRAC.Local.demo","GridCE":"ce1","LastSeen":"2026-11-22T11:00:09Z","Takes":false,
               "Unmet":[{"Field":"Tag","Job":["GPU"],"Resource":[],"Sentence":"Tag: the job needs GPU"}],"Obstacles":[]},
              {"Site":"DIRAC.Other.demo","Takes":false,"Unmet":[],"Obstacles":["it is suspended"]}]}""";
    private static final String REQUIREMENTS = """
            {"Owner":"alice","OwnerGroup":"demo_user","CPUTime":300,"Sites":[],"BannedSites":[],"GridCEs":[],"Platforms":[],
             "JobTypes":[],"Tags":["GPU"]}""";

    @Test
    void explainsWhyAJobWaits() {
        server.on("GET /api/jobs/7/explain", 200, """
                {"JobID":7,"Status":"Waiting","MinorStatus":"m","ApplicationStatus":"Unknown","Sentence":"Nothing fits.",
                 "Waiting":{"Reason":"nothing_fits","Queue":{"TaskQueueID":3,"Requirements":%s,"JobsAhead":4,"Priority":1.0,
                   "Rivals":2,"Share":0.25,"HandedOutLastHour":0},"Resources":%s}}""".formatted(REQUIREMENTS, RESOURCES));

        assertThat(program.run("job", "explain", "7").out()).isEqualToNormalizingNewlines("""
                Nothing fits.

                Its queue (3): 4 jobs ahead, 0 handed out in the last hour, 25.0 % of the weight of the 2 queues that compete for the same resource

                2 resources are known, 0 fit, 0 would take it now
                SITE              CE   LAST PILOT           TAKES IT  WHY NOT
                DIRAC.Local.demo  ce1  2026-11-22 11:00:09  no        Tag: the job needs GPU
                DIRAC.Other.demo       none yet             no        it is suspended
                """);
    }

    @Test
    void explainsWhyAJobFailed() {
        server.on("GET /api/jobs/7/explain", 200, """
                {"JobID":7,"Status":"Failed","MinorStatus":"m","ApplicationStatus":"Unknown","Sentence":"It failed.",
                 "Failure":{"Cause":"site","Meaning":"x","Source":"a rule","Evidence":["minor status: m"]}}""");

        assertThat(program.run("job", "explain", "7").out()).isEqualToNormalizingNewlines("""
                It failed.

                Cause: site (a rule)
                  minor status: m
                """);
    }

    @Test
    void aDryRunSendsNothingButTheDescription() throws IOException {
        server.on("POST /api/jobs/dry-run", 200, """
                [{"Jobs":4,"Warnings":["w"],"Queues":[
                  {"Jobs":4,"Sentence":"Nothing fits.","Requirements":%s,"Resources":%s}]}]""".formatted(REQUIREMENTS, RESOURCES));
        Files.writeString(directory.resolve("run.sh"), "#!/bin/sh");
        Files.writeString(
                directory.resolve("j.jdl"), "Executable = \"run.sh\"; InputSandbox = {\"run.sh\", \"LFN:/demo/x\"};");

        Program.Result result = program.run("job", "submit", "j.jdl", "--dry-run");

        assertThat(result.out()).startsWith("j.jdl would make 4 jobs.").contains("Nothing fits.", "DIRAC.Local.demo");
        assertThat(result.err()).isEqualToNormalizingNewlines("Warning: j.jdl: w\n");
        assertThat(server.requests()).hasSize(1);
        assertThat(server.requests().get(0).body()).contains("LFN:/demo/x").doesNotContain("{\\\"run.sh");
    }

    @Test
    void retriesTheJobsOfOneCause() throws IOException {
        server.on("POST /api/jobs/failures", 200, """
                {"Examined":3,"Causes":[{"Cause":"site","Jobs":2,"JobIDs":[8,7],"MinorStatuses":{"m":2}},
                  {"Cause":"user","Jobs":1,"JobIDs":[9],"MinorStatuses":{"n":1}}]}""").on("POST /api/jobs/reschedule", 200, """
                {"success":{},"failed":{"7":{"detail":"Not found","code":"JOB_NOT_FOUND","errno":0}}}""");

        assertThat(program.run("job", "retry", "--group", "g").out())
                .isEqualToNormalizingNewlines("site\t2\tm\nuser\t1\tn\n");
        Program.Result result = program.run("job", "retry", "--group", "g", "--cause", "site");
        assertThat(result.err()).contains("Job 7 not rescheduled: Not found");
        assertThat(result.code()).isEqualTo(ExitCode.JOBS_FAILED);
        assertThat(new ObjectMapper()
                        .readTree(server.requests("POST /api/jobs/reschedule")
                                .get(0)
                                .body()))
                .hasToString("{\"job_ids\":[8,7]}");
        assertThat(program.run("job", "retry", "--group", "g", "--cause", "fate")
                        .err())
                .contains("'fate' is no cause", "middleware");
    }

    @Test
    void saysThatNothingOfAGroupHasFailed() {
        server.on("POST /api/jobs/failures", 200, "{\"Examined\":0,\"Causes\":[]}");
        assertThat(program.run("job", "retry", "--group", "nosuch").err())
                .isEqualToNormalizingNewlines("No job of the group 'nosuch' has failed.\n");
        assertThat(program.run("job", "retry", "--group", "nosuch", "--cause", "site")
                        .err())
                .isEqualToNormalizingNewlines("No job of the group 'nosuch' has failed for the cause site.\n");
    }

    @Test
    void showsTheLastLinesThatAJobHasWritten() {
        server.on("GET /api/jobs/7/parameters", 200, "{\"StandardOutput\":\"event 1\\nevent 2\",\"HostName\":\"wn1\"}");
        assertThat(program.run("job", "peek", "7").out()).isEqualToNormalizingNewlines("event 1\nevent 2\n");
        server.on("GET /api/jobs/8/parameters", 200, "{}");
        assertThat(program.run("job", "peek", "8").err())
                .contains("Job 8 has not reported any output; a running job does so with each heartbeat.");
    }

    @Test
    void saysOnceWhatTheServerRefuses() {
        server.on("GET /api/jobs/7/log", 403, "{\"detail\":\"Forbidden\",\"code\":\"FORBIDDEN\"}");
        assertThat(program.run("job", "log", "7"))
                .isEqualTo(new Program.Result(ExitCode.REFUSED, "", "dirac-ee: The server refused: Forbidden\n"));
        server.on("POST /api/jobs/search", 400, """
                {"detail":"a: wrong","errors":[{"field":"a","message":"wrong"},{"field":"b","message":"missing"},
                 {"field":"see","message":"wrong"}]}""");
        assertThat(program.run("job", "list").err())
                .isEqualToNormalizingNewlines("dirac-ee: The server refused: a: wrong\n  b: missing\n  see: wrong\n");
    }

    @Test
    void asksForALogInOrASetting() {
        program.credentials().delete();
        Program.Result none = program.run("job", "list");
        assertThat(none.err()).contains("You are not logged in");
        assertThat(none.code()).isEqualTo(ExitCode.NOT_LOGGED_IN);
        assertThat(program.with("DIRACX_URL", "").run("job", "list").err()).contains("Set DIRACX_URL");
        assertThat(program.with("DIRACX_URL", "ftp://x").run("job", "list").code())
                .isEqualTo(ExitCode.USAGE);
        for (String remote :
                List.of("http://dirac.example.org", "HTTP://192.0.2.1:8080", "http://127.0.0.1.evil.test")) {
            Program.Result open = program.with("DIRACX_URL", remote).run("job", "list");
            assertThat(open.code()).isEqualTo(ExitCode.USAGE);
            assertThat(open.err()).contains("allowed is https");
        }
    }

    @Test
    void explainsWrongUsage() {
        assertThat(program.run("job", "show").code()).isEqualTo(ExitCode.USAGE);
        assertThat(program.run("job", "show").err()).contains("See: dirac-ee job show --help");
        assertThat(program.run("job").err()).contains("A command on jobs is needed.");
        assertThat(program.run("job", "wait", "5-3").err()).contains("The range 5-3 ends before it begins.");
        assertThat(program.run("job", "wait", "x").err()).contains("'x' is no job id");
        assertThat(program.run("job", "list", "-n", "many").err()).contains("'many' is no whole number");
        assertThat(program.run("job", "list", "-n", "99999999999").err()).contains("is too large a number");
        assertThat(program.run("webhook", "show", "7").err()).contains("'7' is no id as lists show them");
        assertThat(program.run("job", "list", "--format", "csv", "-n", "3").err())
                .contains("--format prints all that match");
        assertThat(program.run("job", "--help").code()).isZero();
    }
}
