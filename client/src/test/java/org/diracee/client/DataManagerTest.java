/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataManagerTest {

    private static final String LFN = "/demo/user/a/alice/f";
    private static final String ADLER32_OF_HELLO = "062c0215";
    private static final String COMMITTED = "{\"success\":{\"7\":\"" + LFN + "\"},\"failed\":{}}";

    @TempDir
    Path directory;

    private final FakeServer server;
    private final DataManager data;
    private final List<Duration> pauses = new ArrayList<>();

    DataManagerTest() throws IOException {
        server = new FakeServer();
        data = new DataManager(
                ApiClient.builder(server.address()).pause(pauses::add).build());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void sendsTheBytesToTheStorageElementAndCommits() throws IOException {
        planned("PUT", "/se/f");
        server.on("PUT /se/f", 201, "").on("POST /api/data/uploads/commit", 200, COMMITTED);
        assertThat(upload("hello")).isEqualTo("CERN-disk");
        assertThat(server.requests("POST /api/data/uploads").get(0).body())
                .contains("\"size\":5", "\"adler32\":\"" + ADLER32_OF_HELLO + "\"");
        assertThat(server.requests("PUT /se/f").get(0).body()).isEqualTo("hello");
        assertThat(server.requests("PUT /se/f").get(0).headers())
                .containsEntry("authorization", "Bearer for-this-file");
        assertThat(server.last().body()).isEqualTo("{\"ids\":[7]}");
    }

    @Test
    void sendsNothingOfWhatIsRegisteredAlready() throws IOException {
        server.on(
                "POST /api/data/uploads", 200, "{\"success\":{\"" + LFN + "\":{\"se\":\"CERN-disk\"}},\"failed\":{}}");
        assertThat(upload("hello")).isEqualTo("CERN-disk");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void saysWhatTheStorageElementSays() {
        planned("PUT", "/se/f");
        server.on("PUT /se/f", 507, "{\"detail\":\"CERN-disk is full\"}");
        assertThatThrownBy(() -> upload("hello"))
                .isInstanceOf(DataRefused.class)
                .hasMessageContaining("answered 507: CERN-disk is full");
    }

    @Test
    void leavesWhatIsThereAlreadyToTheCommit() throws IOException {
        planned("PUT", "/se/f");
        server.on("PUT /se/f", 409, "{}").on("POST /api/data/uploads/commit", 200, COMMITTED);
        assertThat(upload("hello")).isEqualTo("CERN-disk");
    }

    @Test
    void takesUpAnUploadThatBrokeOff() throws IOException {
        planned("PUT", "/se/f");
        server.on("HEAD /se/f", 200, "", "Tus-Resumable", "1.0.0", "Upload-Offset", Integer.toString(1 << 20))
                .on("PATCH /se/f", 204, "")
                .on("POST /api/data/uploads/commit", 200, COMMITTED);
        upload("x".repeat(1 << 20) + "rest");
        FakeServer.Request piece = server.requests("PATCH /se/f").get(0);
        assertThat(piece.body()).isEqualTo("rest");
        assertThat(piece.headers())
                .containsEntry("upload-offset", Integer.toString(1 << 20))
                .containsEntry("upload-length", Integer.toString((1 << 20) + 4));
    }

    @Test
    void waitsUntilAnEarlierPieceHasEnded() throws IOException {
        planned("PUT", "/se/f");
        String half = Integer.toString(1 << 20);
        String whole = Integer.toString((1 << 20) + 4);
        server.on("HEAD /se/f", 200, "", "Tus-Resumable", "1.0.0", "Upload-Offset", "0")
                .on("HEAD /se/f", 200, "", "Tus-Resumable", "1.0.0", "Upload-Offset", "7")
                .on("HEAD /se/f", 200, "", "Tus-Resumable", "1.0.0", "Upload-Offset", half)
                .on("HEAD /se/f", 200, "", "Tus-Resumable", "1.0.0", "Upload-Offset", whole)
                .on("PATCH /se/f", 503, "{\"detail\":\"arriving\"}")
                .on("PATCH /se/f", 409, "{\"detail\":\"begins at 7, but 8 have arrived\"}")
                .on("PATCH /se/f", 503, "{\"detail\":\"arriving\"}")
                .on("PATCH /se/f", 409, "{\"detail\":\"is there already\"}")
                .on("POST /api/data/uploads/commit", 200, COMMITTED);
        upload("x".repeat(1 << 20) + "rest");
        assertThat(pauses).hasSize(3);
        assertThat(server.requests("PATCH /se/f")).hasSize(4);
    }

    @Test
    void waitsNotForEver() {
        planned("PUT", "/se/f");
        server.on("HEAD /se/f", 200, "", "Tus-Resumable", "1.0.0", "Upload-Offset", "0")
                .on("PATCH /se/f", 503, "{\"detail\":\"arriving\"}");
        assertThatThrownBy(() -> upload("x".repeat(1 << 20)))
                .isInstanceOf(DataRefused.class)
                .hasMessageContaining("answered 503: arriving");
        assertThat(pauses).hasSize(12);
    }

    @Test
    void followsARedirectWithoutTellingOthersTheSecret() throws IOException {
        try (FakeServer pool = new FakeServer()) {
            planned("PUT", "/se/f");
            server.on("PUT /se/f", 307, "", "Location", pool.address() + "/pool/f")
                    .on("POST /api/data/uploads/commit", 200, COMMITTED);
            pool.on("PUT /pool/f", 201, "");
            upload("hello");
            assertThat(pool.last().body()).isEqualTo("hello");
            assertThat(pool.last().headers()).doesNotContainKey("authorization");
        }
    }

    @Test
    void readsTheNextReplicaIfOneIsCorrupt() throws IOException {
        found("/one", "/two");
        server.on("GET /one", 200, "hullo").on("GET /two", 200, "hello");
        assertThat(data.download(LFN, directory.resolve("f"), Optional.empty(), TransferProgress.NONE))
                .isEqualTo("SE/two");
        assertThat(directory.resolve("f")).hasContent("hello");
        assertThat(directory).isDirectoryNotContaining("glob:**dirac-part");
    }

    @Test
    void takesUpADownloadThatBrokeOff() throws IOException {
        Path others = Files.writeString(directory.resolve("f.part"), "another's");
        Files.writeString(
                directory.resolve(
                        ".00000000-0000-0000-0000-000000000001." + Integer.toHexString("f".hashCode()) + ".dirac-part"),
                "he");
        found("/one");
        server.on("GET /one", 206, "llo", "Content-Range", "bytes 2-4/5");
        data.download(LFN, directory.resolve("f"), Optional.empty(), TransferProgress.NONE);
        assertThat(others).hasContent("another's");
        assertThat(server.requests("GET /one").get(0).headers()).containsEntry("range", "bytes=2-");
        assertThat(directory.resolve("f")).hasContent("hello");
    }

    @Test
    void tellsOfEachReplicaWhyItFailed() {
        found("/one", "/two");
        server.on("GET /one", 404, "{\"detail\":\"gone\"}").on("GET /two", 200, "hell");
        assertThatThrownBy(() -> data.download(LFN, directory.resolve("f"), Optional.empty(), TransferProgress.NONE))
                .hasMessageContaining("SE/one: ")
                .hasMessageContaining("answered 404: gone")
                .hasMessageContaining("SE/two: it gave 4 bytes, registered are 5");
        assertThat(directory.resolve("f")).doesNotExist();
    }

    private String upload(String content) throws IOException {
        return data.upload(
                Files.writeString(directory.resolve("local"), content),
                LFN,
                Optional.of("CERN-disk"),
                TransferProgress.NONE);
    }

    private void planned(String method, String path) {
        server.on("POST /api/data/uploads", 200, """
                {"success":{"%s":{"id":7,"se":"CERN-disk","access":{"url":"%s","method":"%s","ours":false,
                "headers":{"Authorization":"Bearer for-this-file"},"expires":"2030-01-01T00:00:00Z"}}},"failed":{}}""".formatted(LFN, server.address() + path, method));
    }

    private void found(String... paths) {
        String sources = Stream.of(paths)
                .map(path -> """
                        {"se":"SE%s","access":{"url":"%s","method":"GET","headers":{},"ours":false}}""".formatted(path, server.address() + path))
                .collect(Collectors.joining(","));
        server.on("POST /api/data/downloads", 200, """
                {"success":{"%s":{"size":5,"adler32":"%s","guid":"00000000-0000-0000-0000-000000000001",
                "sources":[%s]}},"failed":{}}""".formatted(LFN, ADLER32_OF_HELLO, sources));
    }
}
