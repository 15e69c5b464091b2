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
import org.diracee.client.FakeServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminCommandsTest {

    private static final String COMMIT = "POST /api/config/revisions";
    private static final String DOCUMENT = "GET /api/config/document";
    private static final String REVISION = """
            {"revision":%d,"hash":"h","author":"admin","subject":"user:demo:admin-1","origin":"::1","message":"m",
             "created":"2026-11-22T11:00:00Z"}""";

    private final FakeServer server;
    private final Path directory;
    private final Program program;

    AdminCommandsTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        server = new FakeServer();
        program = new Program(server, directory).loggedIn();
        server.on("GET /api/config/revisions", 200, "{\"revisions\":[" + REVISION.formatted(41) + "]}")
                .on(COMMIT, 201, "{\"revision\":" + REVISION.formatted(42) + """
                        ,"changes":[{"path":"/Registry/astro","kind":"added"}],"warnings":[],"notes":[]}""");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode sent() throws IOException {
        return new ObjectMapper().readTree(server.last().body());
    }

    @Test
    void addsAVoInOneCommit() throws IOException {
        Program.Result result = program.onTerminal()
                .run(
                        "admin",
                        "vo",
                        "add",
                        "astro",
                        "--user",
                        "carol:c-1",
                        "--user",
                        "dan",
                        "--admin",
                        "carol",
                        "-m",
                        "new");

        assertThat(result).isEqualTo(new Program.Result(0, "+ /Registry/astro/\nRevision 42 is in force.\n", ""));
        assertThat(server.requests(DOCUMENT).get(0).query()).startsWith("path=%2FRegistry%2Fastro&");
        assertThat(sent().path("base").asLong()).isEqualTo(41);
        assertThat(sent().path("mode").asText()).isEqualTo("merge");
        assertThat(sent().path("document").asText()).isEqualTo("""
                Registry
                {
                  astro
                  {
                    DefaultGroup = astro_user
                    VOAdmin = carol
                    VOAdminGroup = astro_admin
                    Support
                    {
                      Message = Please contact the administrators of the VO astro.
                    }
                    Users
                    {
                      c-1
                      {
                        PreferedUsername = carol
                      }
                      dan
                      {
                        PreferedUsername = dan
                      }
                    }
                    Groups
                    {
                      astro_user
                      {
                        Properties = NormalUser
                        Users = c-1, dan
                        JobShare = 1000
                      }
                      astro_admin
                      {
                        Properties = NormalUser, JobAdministrator
                        Users = c-1
                        JobShare = 1000
                      }
                    }
                  }
                }
                Operations
                {
                  astro
                  {
                  }
                }
                """);
    }

    @Test
    void leavesOutWhatStandsForNobody() throws IOException {
        program.run("admin", "vo", "add", "astro", "-m", "new", "--dry-run");
        assertThat(server.last().query()).isEqualTo("dry_run=true");
        assertThat(sent().path("document").asText())
                .doesNotContain("VOAdmin =", "Users =", "{users}")
                .contains("    Users\n    {\n    }\n");
    }

    @Test
    void takesAnotherTemplate() throws IOException {
        Files.writeString(directory.resolve("vo.cfg"), """
                # {vo} as we make them
                Registry
                {
                  {vo}
                  {
                    DefaultGroup = {default_group}
                    Nobody = {admins}
                  }
                }
                """);
        program.run(
                "admin",
                "vo",
                "add",
                "astro.org",
                "--template",
                "vo.cfg",
                "--default-group",
                "astro_reader",
                "-m",
                "new");
        assertThat(sent().path("document").asText()).isEqualTo("""
                # {vo} as we make them
                Registry
                {
                  astro.org
                  {
                    DefaultGroup = astro_reader
                  }
                }
                """);
        Files.writeString(directory.resolve("vo.cfg"), "A = {owner}\n");
        Program.Result wrong = program.run("admin", "vo", "add", "astro", "--template", "vo.cfg", "-m", "new");
        assertThat(wrong.err())
                .contains("vo.cfg: the placeholder {owner} means nothing; there is {vo}, {default_group}");
        assertThat(wrong.code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void refusesAVoThatIsThere() {
        server.on(DOCUMENT, 200, """
                {"revision":41,"hash":"h","path":"/Registry/demo","format":"cfg","document":""}""");
        assertThat(program.run("admin", "vo", "add", "demo", "-m", "new"))
                .isEqualTo(new Program.Result(
                        ExitCode.REFUSED,
                        "",
                        "dirac-ee: There is a VO demo already: dirac-ee config show /Registry/demo\n"));
        assertThat(server.requests(COMMIT)).isEmpty();
    }

    @Test
    void doesNotTakeARefusalForAFreeName() {
        server.on(DOCUMENT, 403, "{\"detail\":\"Forbidden\",\"code\":\"FORBIDDEN\"}");
        assertThat(program.run("admin", "vo", "add", "astro", "-m", "new").code())
                .isEqualTo(ExitCode.REFUSED);
        assertThat(server.requests(COMMIT)).isEmpty();
    }

    @Test
    void refusesNamesThatWouldBreakTheConfiguration() {
        assertThat(program.run("admin", "vo", "add", "a b", "-m", "x").err()).contains("'a b' is no VO name");
        assertThat(program.run("admin", "vo", "add", "Defaults", "-m", "x").err())
                .contains("'Defaults' means something else");
        assertThat(program.run("admin", "vo", "add", "astro", "--user", "x:a}b", "-m", "x")
                        .err())
                .contains("the subject 'a}b' cannot be");
        assertThat(program.run("admin", "vo", "add", "astro", "--user", "x:1", "--admin", "y:1", "-m", "x")
                        .err())
                .contains("The subject '1' is given to two users.");
        assertThat(program.run("admin", "vo", "add", "astro", "--user", "x:1", "--admin", "x:2", "-m", "x")
                        .err())
                .contains("'x' has two subjects: 1 and 2.");
        assertThat(program.run("admin", "vo", "add", "astro").err()).contains("--message");
        assertThat(program.run("admin", "vo").err()).contains("A command on VOs is needed.");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void listsVos() {
        server.on("GET /.well-known/dirac-metadata", 200, """
                {"virtual_organizations":{
                  "demo":{"groups":{"demo_user":{"properties":["NormalUser"]},"demo_admin":{"properties":[]}},
                          "support":{"message":"m"},"default_group":"demo_user"},
                  "astro":{"groups":{},"support":{"message":"m"},"default_group":"astro_user"}}}""");
        assertThat(program.onTerminal().run("admin", "vo", "list").out()).isEqualTo("""
                VO     DEFAULT GROUP  GROUPS
                astro  astro_user
                demo   demo_user      demo_admin, demo_user
                """);
    }
}
