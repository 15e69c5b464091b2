/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.diracee.client.FakeServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataMovesTest {

    private static final String LFN = "/demo/user/a/alice/f";
    private static final String OPERATION = "\"id\":7,\"kind\":\"Removal\",\"lfn\":\"" + LFN
            + "\",\"se\":\"CERN-disk\",\"size\":5,\"attempts\":1,\"created\":\"2026-11-22T11:00:00Z\"";

    private final Path directory;
    private final FakeServer server;
    private final Program program;

    DataMovesTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        server = new FakeServer();
        program = new Program(server, directory).loggedIn();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void putsIntoADirectoryAndTellsOfEachFileThatFails() throws IOException {
        Files.writeString(directory.resolve("one"), "1");
        Files.writeString(directory.resolve("two"), "2");
        server.on("POST /api/data/uploads", 200, "{\"success\":{\"" + LFN + "\":{\"se\":\"CERN-disk\"}},\"failed\":{}}")
                .on(
                        "POST /api/data/uploads",
                        200,
                        "{\"success\":{},\"failed\":{\"x\":{\"detail\":\"the disk is full\",\"code\":\"CONFLICT\",\"errno\":0}}}");
        Program.Result result = program.run("data", "put", "-p", "1", "one", "two", "/demo/user/a/alice");
        assertThat(result.code()).isEqualTo(ExitCode.JOBS_FAILED);
        assertThat(result.out()).isEqualToNormalizingNewlines("/demo/user/a/alice/one\tCERN-disk\n");
        assertThat(result.err()).contains("/demo/user/a/alice/two: the disk is full");
    }

    @Test
    void tellsProgramsOfAFileThatFailsAsTheServerDoes() throws IOException {
        Files.writeString(directory.resolve("one"), "1");
        server.on(
                "POST /api/data/uploads",
                200,
                "{\"success\":{},\"failed\":{\"x\":{\"detail\":\"the disk is full\",\"code\":\"CONFLICT\",\"errno\":1401}}}");
        assertThat(program.run("data", "put", "--json", "one", LFN).out().replaceAll("\\s", ""))
                .isEqualTo("{\"success\":{},\"failed\":{\"" + LFN
                        + "\":{\"detail\":\"thediskisfull\",\"code\":\"CONFLICT\",\"errno\":1401}}}");
    }

    @Test
    void getsAFileThatIsNamedTwiceOnceButNotTwoOfOneName() {
        server.on(
                "POST /api/data/downloads",
                200,
                "{\"success\":{},\"failed\":{\"" + LFN + "\":{\"detail\":\"no\",\"code\":\"CONFLICT\",\"errno\":0}}}");
        assertThat(program.run("data", "get", LFN, LFN).err()).isEqualToNormalizingNewlines(LFN + ": no\n");
        assertThat(program.run("data", "get", LFN, "/demo/f").err()).contains("Two of the files would become");
    }

    @Test
    void putsADirectoryOnlyIfThatIsMeant() throws IOException {
        Files.createDirectory(directory.resolve("run"));
        assertThat(program.run("data", "put", "run", LFN).err()).contains("give -r");
        assertThat(program.run("data", "put", "missing", LFN).err()).contains("missing does not exist");
    }

    @Test
    void waitsUntilAFileIsRemovedAndSaysWhyItLasts() {
        server.on("POST /api/data/removals", 200, "{\"success\":{\"" + LFN + "\":[7]},\"failed\":{}}")
                .on(
                        "GET /api/data/operations",
                        200,
                        "{\"operations\":[{" + OPERATION
                                + ",\"state\":\"Waiting\",\"failure\":\"CERN-disk is away\"}]}")
                .on(
                        "GET /api/data/operations",
                        200,
                        "{\"operations\":[{" + OPERATION + ",\"state\":\"Done\",\"ended\":\"2026-11-22T11:01:00Z\"}]}");
        Program.Result result = program.run("data", "rm", LFN);
        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualToNormalizingNewlines(LFN + "\n");
        assertThat(result.err()).contains("is tried again: CERN-disk is away");
    }

    @Test
    void endsWithOneIfAnOperationFailed() {
        server.on("POST /api/data/removals", 200, "{\"success\":{\"" + LFN + "\":[7]},\"failed\":{}}")
                .on(
                        "GET /api/data/operations",
                        200,
                        "{\"operations\":[{" + OPERATION
                                + ",\"state\":\"Failed\",\"failure\":\"not allowed\",\"ended\":\"2026-11-22T11:01:00Z\"}]}");
        Program.Result result = program.run("data", "rm", LFN);
        assertThat(result.code()).isEqualTo(ExitCode.JOBS_FAILED);
        assertThat(result.err()).contains(LFN + " at CERN-disk failed: not allowed");
        assertThat(program.run("data", "rm", "--no-wait", LFN).code()).isZero();
    }

    @Test
    void waitsAlsoForPrograms() {
        server.on("POST /api/data/removals", 200, "{\"success\":{\"" + LFN + "\":[7]},\"failed\":{}}")
                .on(
                        "GET /api/data/operations",
                        200,
                        "{\"operations\":[{" + OPERATION
                                + ",\"state\":\"Failed\",\"failure\":\"not allowed\",\"ended\":\"2026-11-22T11:01:00Z\"}]}");
        Program.Result result = program.run("data", "rm", "--json", LFN);
        assertThat(result.code()).isEqualTo(ExitCode.JOBS_FAILED);
        assertThat(result.out().replaceAll("\\s", ""))
                .startsWith("{\"success\":{\"" + LFN + "\":[7]},\"failed\":{},\"operations\":[{\"id\":7,")
                .contains("\"failure\":\"notallowed\"");
        assertThat(program.run("data", "rm", "--json", "--no-wait", LFN).out().replaceAll("\\s", ""))
                .isEqualTo("{\"success\":{\"" + LFN + "\":[7]},\"failed\":{},\"operations\":[]}");
    }

    @Test
    void removesADirectoryAfterWhatIsBelow() {
        String entry =
                "\",\"mode\":\"750\",\"owner\":\"alice\",\"group\":\"demo_user\",\"vo\":\"demo\",\"acl\":[],\"default_acl\":[],"
                        + "\"created\":\"2026-11-22T11:00:00Z\",\"modified\":\"2026-11-22T11:00:00Z\",\"lfn\":\"";
        String run = "{\"kind\":\"directory" + entry + "/demo/run\"}";
        server.on("POST /api/files/entries", 200, "{\"success\":{\"/demo/run\":" + run + "},\"failed\":{}}")
                .on(
                        "GET /api/files/list",
                        200,
                        "{\"entries\":[{\"kind\":\"directory" + entry + "/demo/run/a\"},{\"kind\":\"file" + entry
                                + "/demo/run/f\"}]}")
                .on("GET /api/files/list", 200, "{\"entries\":[{\"kind\":\"file" + entry + "/demo/run/a/g\"}]}")
                .on(
                        "POST /api/data/removals",
                        200,
                        "{\"success\":{\"/demo/run/a/g\":[],\"/demo/run/f\":[]},\"failed\":{}}")
                .on(
                        "POST /api/files/directories/remove",
                        200,
                        "{\"success\":{\"/demo/run/a\":true,\"/demo/run\":true},\"failed\":{}}");
        Program.Result result = program.run("data", "rm", "-r", "/demo/run");
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualToNormalizingNewlines("/demo/run/a/g\n/demo/run/f\n/demo/run/a\n/demo/run\n");
    }

    @Test
    void cancelsTheOthersIfOneCannotBe() {
        server.on(
                        "POST /api/data/operations/6/cancel",
                        404,
                        "{\"detail\":\"No operation 6\",\"code\":\"NOT_FOUND\",\"errno\":0}")
                .on("POST /api/data/operations/7/cancel", 200, "{" + OPERATION + ",\"state\":\"Cancelled\"}");
        Program.Result result = program.run("data", "cancel", "6", "7");
        assertThat(result.code()).isEqualTo(ExitCode.JOBS_FAILED);
        assertThat(result.err()).contains("No operation 6").contains("The removal 7 is cancelled.");
        assertThat(program.run("data", "cancel", "--json", "7").out()).contains("\"Cancelled\"");
    }

    @Test
    void saysThatThereAreMoreOperations() {
        server.on(
                "GET /api/data/operations",
                200,
                "{\"operations\":[{" + OPERATION + ",\"state\":\"Done\"}],\"next\":\"abc\"}");
        Program.Result result = program.run("data", "operations", "--limit", "1");
        assertThat(result.out()).contains("Done\t" + LFN);
        assertThat(result.err()).contains("--cursor abc");
    }

    @Test
    void checkEndsWithOneIfAReplicaIsNotGood() {
        server.on(
                "POST /api/data/checks",
                200,
                "{\"success\":{\"" + LFN + "\":[{\"se\":\"CERN-disk\",\"finding\":\"Absent\"}]},\"failed\":{}}");
        Program.Result result = program.run("data", "check", LFN);
        assertThat(result.code()).isEqualTo(ExitCode.JOBS_FAILED);
        assertThat(result.out()).contains(LFN + "\tCERN-disk\tAbsent");
    }

    @Test
    void aMoveNeedsItsSource() {
        assertThat(program.run("data", "replicate", "--move", "--se", "RAL-disk", LFN)
                        .err())
                .contains("--move needs --from");
    }
}
