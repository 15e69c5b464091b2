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

class DataCommandsTest {

    private static final String ALICE = "/demo/user/a/alice";
    private static final String FACTS =
            "\"owner\":\"alice\",\"group\":\"demo_user\",\"mode\":\"750\",\"default_acl\":[],\"acl\":[],"
                    + "\"created\":\"2026-11-22T11:00:00Z\",\"modified\":\"2026-11-22T11:30:00Z\"";
    private static final String DIRECTORY = "{\"lfn\":\"" + ALICE + "/runs\",\"kind\":\"directory\"," + FACTS + "}";
    private static final String FILE =
            "{\"lfn\":\"" + ALICE + "/a,1\",\"kind\":\"file\",\"size\":7,\"adler32\":\"0bc002ed\","
                    + "\"replicas\":[{\"se\":\"CERN-disk\",\"status\":\"AprioriGood\",\"master\":true}]," + FACTS + "}";

    private final FakeServer server;
    private final Program program;

    DataCommandsTest(@TempDir Path directory) throws IOException {
        server = new FakeServer();
        program = new Program(server, directory).loggedIn();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void listsADirectory() {
        server.on("GET /api/files/list", 200, "{\"entries\":[" + DIRECTORY + "," + FILE + "]}");

        assertThat(program.run("data", "ls", ALICE).out()).isEqualToNormalizingNewlines("runs/\na,1\n");
        assertThat(server.last().query()).contains("directory=", "limit=1000", "replicas=false");
        assertThat(program.onTerminal().run("data", "ls", "--replicas", ALICE).out())
                .isEqualToNormalizingNewlines("""
                MODE  OWNER  GROUP      SIZE  CHANGED              NAME   REPLICAS
                d750  alice  demo_user        2026-11-22 11:30:00  runs/
                -750  alice  demo_user  7     2026-11-22 11:30:00  a,1    CERN-disk
                """);
        assertThat(server.last().query()).contains("replicas=true");
    }

    @Test
    void goesOnToTheLimitAndSaysHowToSeeTheRest() {
        server.on("GET /api/files/list", 200, "{\"entries\":[" + DIRECTORY + "],\"next\":\"d:runs\"}")
                .on("GET /api/files/list", 200, "{\"entries\":[" + FILE + "],\"next\":\"f:a\"}");

        Program.Result result = program.run("data", "ls", ALICE, "--limit", "2");

        assertThat(result.out()).isEqualToNormalizingNewlines("runs/\na,1\n");
        assertThat(result.err()).contains("--cursor f:a");
        assertThat(server.requests("GET /api/files/list").get(1).query()).contains("limit=1", "cursor=d");
        assertThat(program.run("data", "ls", ALICE, "--limit", "0").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void saysThatADirectoryIsEmpty() {
        server.on("GET /api/files/list", 200, "{\"entries\":[]}");

        assertThat(program.run("data", "ls", ALICE).err()).isEqualToNormalizingNewlines(ALICE + " is empty.\n");
    }

    @Test
    void exportsAllOfADirectory() {
        server.on("GET /api/files/list", 200, "{\"entries\":[" + DIRECTORY + "],\"next\":\"d:runs\"}")
                .on("GET /api/files/list", 200, "{\"entries\":[" + FILE + "]}");

        assertThat(program.run("data", "ls", ALICE, "--format", "csv").out()).isEqualToNormalizingNewlines("""
                lfn,kind,mode,owner,group,size,adler32,modified,replicas
                /demo/user/a/alice/runs,directory,750,alice,demo_user,,,2026-11-22T11:30:00Z,
                "/demo/user/a/alice/a,1",file,750,alice,demo_user,7,0bc002ed,2026-11-22T11:30:00Z,CERN-disk
                """);
    }

    @Test
    void showsEntriesAndWhyOthersAreNotShown() {
        server.on(
                "POST /api/files/entries",
                200,
                "{\"success\":{\"" + ALICE + "/a,1\":" + FILE + "},\"failed\":{\"/demo/b\":{\"detail\":"
                        + "\"No such file or directory: /demo/b\",\"code\":\"NO_SUCH_FILE\",\"errno\":2}}}");

        Program.Result result = program.reading(ALICE + "/a,1\n/demo/b\n").run("data", "stat", "-");

        assertThat(result.out()).contains("Size        7 bytes", "Owner       alice:demo_user", "Mode        750");
        assertThat(result.err()).isEqualToNormalizingNewlines("No such file or directory: /demo/b\n");
        assertThat(result.code()).isEqualTo(ExitCode.JOBS_FAILED);
        assertThat(server.last().body()).isEqualTo("{\"lfns\":[\"" + ALICE + "/a,1\",\"/demo/b\"]}");
    }

    @Test
    void namesAsManyAtATimeAsTheServerTakes() {
        server.on("POST /api/files/directories", 200, "{\"success\":{\"/demo/a\":true},\"failed\":{}}");
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < 2500; i++) {
            names.append("/demo/").append(i).append('\n');
        }

        assertThat(program.reading(names.toString()).run("data", "mkdir", "-").code())
                .isEqualTo(ExitCode.OK);

        assertThat(server.requests("POST /api/files/directories")).hasSize(3);
    }

    @Test
    void changesModesOwnersAndLists() {
        server.on("PATCH /api/files/entries", 200, "{\"success\":{\"/demo/a\":5},\"failed\":{}}");

        assertThat(program.onTerminal()
                        .run("data", "chmod", "-R", "750", "/demo/a")
                        .out())
                .isEqualToNormalizingNewlines("/demo/a is changed, 5 with all below\n");
        assertThat(server.last().body()).isEqualTo("{\"/demo/a\":{\"mode\":\"750\"}}");
        assertThat(server.last().query()).isEqualTo("recursive=true");
        program.run("data", "chown", "bob:demo_production", "/demo/a");
        assertThat(server.last().body()).isEqualTo("{\"/demo/a\":{\"owner\":\"bob\",\"group\":\"demo_production\"}}");
        program.run("data", "acl", "/demo/a", "--default", "--set", "user:demo/bob:r--,vo:biomed:r--");
        assertThat(server.last().body())
                .isEqualTo("{\"/demo/a\":{\"default_acl\":[\"user:demo/bob:r--\",\"vo:biomed:r--\"]}}");
        program.run("data", "acl", "/demo/a", "--clear");
        assertThat(server.last().body()).isEqualTo("{\"/demo/a\":{\"acl\":[]}}");
        assertThat(program.run("data", "chown", ":", "/demo/a").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void registersAFileOrFurtherReplicas() {
        server.on(
                        "POST /api/files",
                        200,
                        "{\"success\":{\"/demo/a\":{\"guid\":\"0b9c6a52-0000-4000-8000-000000000001\",\"made\":true}},"
                                + "\"failed\":{}}")
                .on("POST /api/files/replicas/add", 200, "{\"success\":{\"/demo/a\":1},\"failed\":{}}");

        assertThat(program.run("data", "register", "/demo/a", "--size", "7", "--se", "CERN-disk=/eos/a", "--se", "B")
                        .code())
                .isZero();
        assertThat(server.last().body())
                .contains("\"replicas\":[{\"se\":\"CERN-disk\",\"pfn\":\"/eos/a\"},{\"se\":\"B\"", "\"size\":7");
        assertThat(program.onTerminal()
                        .run("data", "register", "/demo/a", "--se", "C")
                        .out())
                .isEqualToNormalizingNewlines("/demo/a has 1 replicas more\n");
        assertThat(server.last().body()).startsWith("{\"/demo/a\":[{\"se\":\"C\"");
        assertThat(program.run("data", "register", "/demo/a", "--se", "C", "--adler32", "0bc002ed")
                        .err())
                .contains("--size");
    }

    @Test
    void tellsHowMuchThereIs() {
        String usage = "{\"files\":2,\"bytes\":14,\"storage_elements\":{\"CERN-disk\":{\"replicas\":1,\"bytes\":7}}}";
        server.on("POST /api/files/usage", 200, "{\"success\":{\"/demo\":" + usage + "},\"failed\":{}}")
                .on("GET /api/files/usage/owners", 200, "[]");

        assertThat(program.onTerminal().run("data", "du", "--by-se", "/demo").out())
                .isEqualToNormalizingNewlines("""
                DIRECTORY  SE         FILES  BYTES
                /demo      all        2      14
                /demo      CERN-disk  1      7
                """);
        assertThat(program.run("data", "du", "--owners").err()).isEqualToNormalizingNewlines("Nobody has files.\n");
        assertThat(program.run("data", "du").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void tellsOfRelativesAndReplicasThatThereAreNone() {
        server.on("POST /api/files/ancestors", 200, "{\"success\":{\"/demo/a\":{\"/demo/b\":2}},\"failed\":{}}")
                .on("POST /api/files/descendants", 200, "{\"success\":{\"/demo/a\":{}},\"failed\":{}}")
                .on("POST /api/files/replicas", 200, "{\"success\":{\"/demo/a\":[]},\"failed\":{}}");

        assertThat(program.run("data", "ancestors", "/demo/a").out()).isEqualTo("/demo/a\t/demo/b\t2\n");
        assertThat(program.run("data", "descendants", "--depth", "1", "/demo/a").err())
                .isEqualToNormalizingNewlines("/demo/a: no descendants.\n");
        assertThat(server.last().query()).isEqualTo("depth=1");
        assertThat(program.run("data", "replicas", "/demo/a").err()).contains("no replicas", "--all");
    }

    @Test
    void movesAndRemoves() {
        server.on("POST /api/files/move", 200, "{\"success\":{\"/demo/a\":\"/demo/b\"},\"failed\":{}}")
                .on("POST /api/files/remove", 200, "{\"success\":{\"/demo/b\":true},\"failed\":{}}")
                .on("POST /api/files/replicas/remove", 200, "{\"success\":{\"/demo/b\":1},\"failed\":{}}")
                .on("POST /api/files/directories/remove", 200, "{\"success\":{\"/demo/d\":false},\"failed\":{}}");

        assertThat(program.onTerminal().run("data", "mv", "/demo/a", "/demo/b").out())
                .isEqualToNormalizingNewlines("/demo/a is now /demo/b\n");
        assertThat(program.run("data", "unregister", "/demo/b").out())
                .isEqualToNormalizingNewlines("/demo/b is unregistered\n");
        assertThat(program.run("data", "unregister", "--se", "C", "/demo/b").out())
                .contains("1 replicas less");
        assertThat(program.run("data", "rmdir", "/demo/d").out()).contains("was not there");
    }
}
