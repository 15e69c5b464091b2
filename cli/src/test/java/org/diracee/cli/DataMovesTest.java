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
