/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.diracee.client.FakeServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigCommandsTest {

    private static final String COMMIT = "POST /api/config/revisions";
    private static final String HISTORY = "GET /api/config/revisions";
    private static final String MAX_RESCHEDULING = "/Operations/Defaults/JobScheduling/MaxRescheduling";
    private static final String FIRST_LINE = "# dirac-ee configuration revision 41\n";

    private final FakeServer server;
    private final Path directory;
    private final Program program;

    ConfigCommandsTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        server = new FakeServer();
        program = new Program(server, directory).loggedIn();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String revision(long number, String author, String message) {
        return """
                {"revision":%d,"hash":"h%d","author":"%s","subject":"user:demo:%s-1","origin":"192.0.2.7",
                 "message":"%s","created":"2026-11-22T11:00:00Z"}""".formatted(number, number, author, author, message);
    }

    private static String committed(String changes) {
        return "{\"revision\":" + revision(42, "admin", "why") + ",\"changes\":[" + changes
                + "],\"warnings\":[],\"notes\":[]}";
    }

    private static String changed(String before, String after) {
        return "{\"path\":\"%s\",\"kind\":\"changed\",\"before\":\"%s\",\"after\":\"%s\"}"
                .formatted(MAX_RESCHEDULING, before, after);
    }

    private void inForce(long revision) {
        server.on(HISTORY, 200, "{\"revisions\":[" + revision(revision, "bob", "m") + "]}");
    }

    private JsonNode sent() throws IOException {
        return new ObjectMapper().readTree(server.last().body());
    }

    private static String conflict() {
        return """
                {"detail":"conflict","code":"CONFIGURATION_CONFLICT","status":409,"errors":[
                  {"field":"%s","message":"changed on both sides",
                   "values":{"base":"3","theirs":"4","yours":"5","by":"bob","revision":"42"}},
                  {"field":"/Registry/demo/DefaultGroup","message":"changed on both sides","values":{"base":"x","yours":""}}]}""".formatted(MAX_RESCHEDULING);
    }

    @Nested
    class Reading {

        @Test
        void showsASectionAsText() {
            server.on("GET /api/config/document", 200, """
                    {"revision":41,"hash":"h","path":"/Registry/demo","format":"cfg","document":"A = 1\\n# \\u001b[31mred\\n"}""");
            assertThat(program.run("config", "show", "/Registry/demo", "--revision", "41"))
                    .isEqualTo(new Program.Result(0, "A = 1\n# \u001b[31mred\n", ""));
            assertThat(server.last().query()).isEqualTo("path=%2FRegistry%2Fdemo&format=cfg&revision=41");
            assertThat(program.onTerminal()
                            .run("config", "show", "--format", "yaml")
                            .out())
                    .isEqualTo("A = 1\n# [31mred\n");
            assertThat(server.last().query()).isEqualTo("path=%2F&format=yaml");
            assertThat(program.run("config", "show", "--json").out()).contains("\"revision\" : 41");
        }

        @Test
        void givesAPipeTheValueAndAPersonTheReason() {
            server.on("GET /api/config/option", 200, """
                    {"path":"%s","value":"3","source":"/Operations/demo/JobScheduling/MaxRescheduling",
                     "declaration":{"pattern":"/Operations/{vo}/JobScheduling/MaxRescheduling",
                                    "type":"whole number from 0 to 100","default":"5","meaning":"How often a job may start anew."},
                     "last_change":%s}""".formatted(MAX_RESCHEDULING, revision(12, "bob", "too many")));
            assertThat(program.run("config", "get", MAX_RESCHEDULING, "--vo", "demo"))
                    .isEqualTo(new Program.Result(0, "3\n", ""));
            assertThat(server.last().query()).endsWith("MaxRescheduling&vo=demo");
            assertThat(program.onTerminal()
                            .run("config", "get", MAX_RESCHEDULING)
                            .out())
                    .isEqualTo("""
                            /Operations/Defaults/JobScheduling/MaxRescheduling
                              Value      3
                              Stands at  /Operations/demo/JobScheduling/MaxRescheduling
                              Meaning    How often a job may start anew.
                              Allowed    whole number from 0 to 100
                              Default    5
                              Changed    2026-11-22 11:00:00 by bob in revision 12: too many
                            """);
        }

        @Test
        void tellsThatThereIsNoValue() {
            server.on("GET /api/config/option", 200, "{\"path\":\"/X\"}");
            assertThat(program.run("config", "get", "/X"))
                    .isEqualTo(new Program.Result(ExitCode.REFUSED, "", "/X has no value.\n"));
            assertThat(program.onTerminal().run("config", "get", "/X").out())
                    .isEqualTo("/X\n  Meaning    nothing reads this option\n");
        }

        @Test
        void listsTheHistoryOverSeveralPages() {
            server.on(HISTORY, 200, "{\"revisions\":[" + revision(42, "admin", "more\\ttries") + "],\"next\":42}")
                    .on(HISTORY, 200, "{\"revisions\":[" + revision(41, "system", "seed") + "],\"next\":41}");
            Program.Result seen = program.onTerminal().run("config", "history", "-n", "2");
            assertThat(seen.out()).isEqualTo("""
                    REVISION  TIME                 AUTHOR  FROM       MESSAGE
                    42        2026-11-22 11:00:00  admin   192.0.2.7  more tries
                    41        2026-11-22 11:00:00  system  192.0.2.7  seed
                    """);
            assertThat(seen.err()).isEqualTo("Older ones: --before 41\n");
            assertThat(server.requests(HISTORY))
                    .extracting(FakeServer.Request::query)
                    .containsExactly("limit=2", "limit=1&before=42");
        }

        @Test
        void showsWhatARevisionChanged() {
            server.on("GET /api/config/revisions/42", 200, "{\"revision\":" + revision(42, "admin", "why") + """
                    ,"changes":[
                      {"path":"/A","kind":"added"},
                      {"path":"/A/b","kind":"added","after":"1, 2"},
                      {"path":"/C/d","kind":"removed","before":"x"},
                      {"path":"/C","kind":"removed"},
                      {"path":"/E","kind":"changed","before":"old","after":"new\\u001b[2J"},
                      {"path":"/E","kind":"comment","before":"","after":"first\\nsecond"},
                      {"path":"/F","kind":"comment","before":"gone","after":""}]}""");
            assertThat(program.run("config", "history", "42").out()).isEqualTo("""
                    Revision 42
                      Author   admin (user:demo:admin-1)
                      Time     2026-11-22 11:00:00
                      From     192.0.2.7
                      Message  why

                    + /A/
                    + /A/b = 1, 2
                    - /C/d = x
                    - /C/
                    ~ /E: old → new[2J
                    # /E: first second
                    # /F: no comment any more
                    """);
        }

        @Test
        void comparesARevisionWithTheOneInForce() {
            inForce(44);
            server.on("GET /api/config/diff", 200, "{\"from\":41,\"to\":44,\"changes\":[" + changed("3", "4") + "]}");
            assertThat(program.run("config", "diff", "--from", "41").out())
                    .isEqualTo("~ " + MAX_RESCHEDULING + ": 3 → 4\n");
            assertThat(server.last().query()).isEqualTo("from=41&to=44");
            program.run("config", "diff", "--from", "41", "--to", "43");
            assertThat(server.last().query()).isEqualTo("from=41&to=43");
        }

        @Test
        void tellsWhoChangedWhat() {
            server.on(
                    "GET /api/config/blame",
                    200,
                    "[{\"path\":\"/A\",\"revision\":%1$s},{\"path\":\"/A/b\",\"value\":\"1\",\"revision\":%1$s}]"
                            .formatted(revision(7, "bob", "new")));
            assertThat(program.run("config", "blame", "/A").out()).isEqualTo("""
                    /A/\t\t7\tbob\t2026-11-22T11:00:00Z\tnew
                    /A/b\t1\t7\tbob\t2026-11-22T11:00:00Z\tnew
                    """);
        }
    }

    @Nested
    class Editing {

        @Test
        void setsSeveralOptionsTogether() throws IOException {
            server.on(COMMIT, 201, committed(changed("3", "5")));
            Program.Result result = program.run("config", "set", MAX_RESCHEDULING, "5", "/A/b", "x y", "-m", "why");
            assertThat(result).isEqualTo(new Program.Result(0, "42\n", ""));
            assertThat(sent()).isEqualTo(new ObjectMapper().readTree("""
                            {"message":"why","edits":[{"action":"set","path":"%s","value":"5"},
                                                      {"action":"set","path":"/A/b","value":"x y"}]}""".formatted(MAX_RESCHEDULING)));
            assertThat(server.last().query()).isEqualTo("dry_run=false");
            assertThat(server.last().headers()).containsKey("idempotency-key");
            assertThat(program.onTerminal()
                            .run("config", "set", MAX_RESCHEDULING, "5", "-m", "why")
                            .out())
                    .isEqualTo("~ " + MAX_RESCHEDULING + ": 3 → 5\nRevision 42 is in force.\n");
        }

        @Test
        void takesOutAndComments() throws IOException {
            server.on(COMMIT, 201, committed(""));
            program.run("config", "unset", "/A", "/B/c", "-m", "why");
            assertThat(sent().path("edits").toString())
                    .isEqualTo("[{\"action\":\"remove\",\"path\":\"/A\"},{\"action\":\"remove\",\"path\":\"/B/c\"}]");
            program.run("config", "comment", "/A", "a word", "-m", "why");
            assertThat(sent().path("edits").toString())
                    .isEqualTo("[{\"action\":\"comment\",\"path\":\"/A\",\"value\":\"a word\"}]");
            program.run("config", "set", "-m", "why", "--", "/A", "-1");
            assertThat(sent().path("edits").get(0).path("value").asText()).isEqualTo("-1");
        }

        @Test
        void showsWhatWouldChangeWithWarnings() {
            server.on(COMMIT, 200, """
                    {"changes":[%s],"warnings":[{"path":"/Tpyo","message":"nothing reads this section"}],
                     "notes":["the level of the setup is taken out"]}""".formatted(changed("3", "5")));
            Program.Result result =
                    program.onTerminal().run("config", "set", MAX_RESCHEDULING, "5", "-m", "why", "--dry-run");
            assertThat(result).isEqualTo(new Program.Result(0, "~ " + MAX_RESCHEDULING + ": 3 → 5\n", """
                            Note: the level of the setup is taken out
                            Warning: /Tpyo: nothing reads this section
                            """));
            assertThat(server.last().query()).isEqualTo("dry_run=true");
        }

        @Test
        void tellsThatNothingChanges() {
            server.on(COMMIT, 200, "{\"changes\":[],\"warnings\":[],\"notes\":[]}");
            assertThat(program.run("config", "set", "/A", "1", "-m", "why"))
                    .isEqualTo(new Program.Result(0, "", "Nothing changes: the configuration is like this already.\n"));
        }

        @Test
        void printsTheAnswerAsJson() throws IOException {
            server.on(COMMIT, 201, committed(changed("3", "5")));
            JsonNode printed = new ObjectMapper()
                    .readTree(program.run("config", "set", "/A", "1", "-m", "why", "--json")
                            .out());
            assertThat(printed.path("revision").path("revision").asLong()).isEqualTo(42);
            assertThat(printed.path("changes").get(0).path("kind").asText()).isEqualTo("changed");
        }

        @Test
        void tellsEveryInvalidValueInItsOwnLine() {
            server.on(COMMIT, 400, """
                    {"detail":"The configuration has invalid values","code":"INVALID_REQUEST","errors":[
                      {"field":"%s","message":"'x' is no whole number from 0 to 100"},
                      {"field":"/A","message":"'soon' is no span of time"}]}""".formatted(MAX_RESCHEDULING));
            assertThat(program.run("config", "set", MAX_RESCHEDULING, "x", "/A", "soon", "-m", "why"))
                    .isEqualTo(new Program.Result(ExitCode.REFUSED, "", """
                            dirac-ee: The server refused: The configuration has invalid values
                              /Operations/Defaults/JobScheduling/MaxRescheduling: 'x' is no whole number from 0 to 100
                              /A: 'soon' is no span of time
                            """));
        }

        @Test
        void asksForAReasonAndForWholePairs() {
            Program.Result noReason = program.run("config", "set", "/A", "1");
            assertThat(noReason.code()).isEqualTo(ExitCode.USAGE);
            assertThat(noReason.err()).contains("Missing required option: '--message=MESSAGE'");
            assertThat(program.run("config", "set", "/A", "1", "/B", "-m", "why")
                            .err())
                    .contains("'/B' has no value");
            assertThat(program.run("config", "rollback", "3").err()).contains("--message");
            assertThat(program.run("config").err()).contains("A command on the configuration is needed.");
            assertThat(server.requests()).isEmpty();
        }

        @Test
        void saysHowToGoOnWhenTheAnswerIsLost() throws IOException {
            int port;
            try (ServerSocket socket = new ServerSocket(0)) {
                port = socket.getLocalPort();
            }
            Program.Result result =
                    program.with("DIRACX_URL", "http://localhost:" + port).run("config", "set", "/A", "1", "-m", "why");
            assertThat(result.err()).contains("It is unknown whether the change was made", "does no harm");
            assertThat(result.code()).isEqualTo(ExitCode.UNREACHABLE);
        }
    }

    @Nested
    class Documents {

        @ParameterizedTest
        @ValueSource(strings = {"site.cfg", "site.yml"})
        void comeBackAsTheyWereExported(String file) throws IOException {
            String form = file.endsWith(".cfg") ? "cfg" : "yaml";
            server.on(
                            "GET /api/config/document",
                            200,
                            "{\"revision\":41,\"hash\":\"h\",\"path\":\"/\",\"format\":\"%s\",\"document\":\"# a\\nA = 1\\n\"}"
                                    .formatted(form))
                    .on(COMMIT, 201, committed(""));

            Program.Result exported = program.onTerminal().run("config", "export", file);

            assertThat(exported).isEqualTo(new Program.Result(0, "", "Revision 41 is in " + file + "\n"));
            assertThat(directory.resolve(file)).hasContent(FIRST_LINE + "# a\nA = 1\n");
            assertThat(server.last().query()).isEqualTo("path=%2F&format=" + form);

            Program.Result committed = program.run("config", "commit", file, "-m", "why");

            assertThat(committed.err())
                    .isEqualTo(file + " is still of revision 41: export again before you edit on.\n");
            assertThat(sent()).isEqualTo(new ObjectMapper().readTree("""
                    {"base":41,"message":"why","edits":[],"document":"# a\\nA = 1\\n","format":"%s","mode":"replace"}""".formatted(form)));
        }

        @Test
        void areNotWrittenOverAnEditedFile() throws IOException {
            server.on("GET /api/config/document", 200, """
                    {"revision":41,"hash":"h","path":"/","format":"cfg","document":"A = 1\\n"}""");
            Path edited = Files.writeString(directory.resolve("site.cfg"), "mine");
            Program.Result refused = program.run("config", "export", "site.cfg");
            assertThat(refused.code()).isEqualTo(ExitCode.LOCAL);
            assertThat(refused.err()).contains("site.cfg is in the way");
            assertThat(edited).hasContent("mine");
            program.run("config", "export", "site.cfg", "--force");
            assertThat(edited).hasContent(FIRST_LINE + "A = 1\n");
            assertThat(program.run("config", "export").out()).isEqualTo(FIRST_LINE + "A = 1\n");
            assertThat(program.run("config", "export", "-").out()).isEqualTo(FIRST_LINE + "A = 1\n");
        }

        @Test
        void areNotCommittedWithoutTheirBase() throws IOException {
            Files.writeString(directory.resolve("site.cfg"), "A = 1\n");
            Program.Result refused = program.run("config", "commit", "site.cfg", "-m", "why");
            assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
            assertThat(refused.err()).contains("which revision it was made from", "--base N", "config import");
            assertThat(server.requests()).isEmpty();

            server.on(COMMIT, 201, committed(""));
            program.reading(FIRST_LINE + "A = 2\r\n").run("config", "commit", "-", "-m", "why", "--base", "40");
            assertThat(sent().path("base").asLong()).isEqualTo(40);
            assertThat(sent().path("document").asText()).isEqualTo("A = 2\r\n");
        }

        @Test
        void thatMeetOthersChangesShowBothSides() throws IOException {
            Files.writeString(directory.resolve("site.cfg"), FIRST_LINE + "A = 1\n");
            server.on(COMMIT, 409, conflict());
            assertThat(program.run("config", "commit", "site.cfg", "-m", "why"))
                    .isEqualTo(new Program.Result(ExitCode.REFUSED, "", """
                            dirac-ee: Nothing is changed: others have changed the same entries since revision 41.
                              /Operations/Defaults/JobScheduling/MaxRescheduling
                                was       3
                                in force  4  (bob, revision 42)
                                yours     5
                              /Registry/demo/DefaultGroup
                                was       x
                                in force  (nothing)
                                yours     (empty)
                            All that others did: dirac-ee config diff --from 41
                            To go on, export the configuration again, make your change there, and commit that file.
                            """));
            assertThat(server.requests(COMMIT)).hasSize(1);
        }

        @Test
        void canBeLookedAtBeforeTheyAreCommitted() throws IOException {
            Files.writeString(directory.resolve("site.cfg"), FIRST_LINE + "A = 1\n");
            server.on(COMMIT, 200, "{\"changes\":[" + changed("3", "5") + "],\"warnings\":[],\"notes\":[]}");
            assertThat(program.run("config", "diff", "site.cfg"))
                    .isEqualTo(new Program.Result(0, "~ " + MAX_RESCHEDULING + ": 3 → 5\n", ""));
            assertThat(server.last().query()).isEqualTo("dry_run=true");
            assertThat(sent().path("base").asLong()).isEqualTo(41);
            assertThat(program.run("config", "diff").code()).isEqualTo(ExitCode.USAGE);
            assertThat(program.run("config", "diff", "site.cfg", "--from", "3").code())
                    .isEqualTo(ExitCode.USAGE);
        }

        @Test
        void ofOtherInstallationsReplaceOrAreLaidOver() throws IOException {
            inForce(41);
            server.on(COMMIT, 201, committed(""));
            Files.writeString(directory.resolve("dirac.cfg"), "DIRAC\n{\n}\n");
            program.run("config", "import", "dirac.cfg", "-m", "from DIRAC");
            assertThat(sent()).isEqualTo(new ObjectMapper().readTree("""
                    {"base":41,"message":"from DIRAC","edits":[],"document":"DIRAC\\n{\\n}\\n","format":"cfg","mode":"replace"}"""));
            Files.writeString(directory.resolve("default.yml"), "DIRAC: {}\n");
            program.run("config", "import", "default.yml", "-m", "from DiracX", "--merge");
            assertThat(sent().path("format").asText()).isEqualTo("yaml");
            assertThat(sent().path("mode").asText()).isEqualTo("merge");
            assertThat(program.run("config", "import", "default.yml", "-m", "x", "--format", "xml")
                            .err())
                    .contains("'xml' is no form of the configuration: cfg or yaml");
        }

        @Test
        void inOtherEncodingsAreNotGuessedAt() throws IOException {
            inForce(41);
            Files.write(directory.resolve("dirac.cfg"), "A = Orléans\n".getBytes(ISO_8859_1));
            Program.Result refused = program.run("config", "import", "dirac.cfg", "-m", "x");
            assertThat(refused.code()).isEqualTo(ExitCode.LOCAL);
            assertThat(refused.err()).contains("dirac.cfg is no text in UTF-8");
            assertThat(program.run("config", "commit", "gone.cfg", "-m", "x").err())
                    .contains("gone.cfg does not exist");
        }
    }

    @Nested
    class RollingBack {

        @Test
        void bringsARevisionBack() throws IOException {
            server.on("POST /api/config/rollback", 201, committed(changed("5", "3")));
            Program.Result result = program.onTerminal().run("config", "rollback", "40", "-m", "was better");
            assertThat(result.out()).isEqualTo("~ " + MAX_RESCHEDULING + ": 5 → 3\nRevision 42 is in force.\n");
            assertThat(server.last().body()).isEqualTo("{\"to\":40,\"message\":\"was better\"}");
        }

        @Test
        void leavesWhatOthersDidSince() throws IOException {
            server.on("POST /api/config/rollback", 409, """
                    {"detail":"Revision 43 is in force, not 42","code":"CONFIGURATION_CONFLICT"}""");
            Program.Result result = program.run("config", "rollback", "40", "--base", "42", "-m", "was better");
            assertThat(sent().path("base").asLong()).isEqualTo(42);
            assertThat(result).isEqualTo(new Program.Result(ExitCode.REFUSED, "", """
                            dirac-ee: Nothing is changed: Revision 43 is in force, not 42
                            All that others did: dirac-ee config diff --from 42
                            To go on, look at what others did and decide whether it may go too.
                            """));
        }
    }
}
