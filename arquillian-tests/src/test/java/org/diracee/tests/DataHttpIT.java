/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Adler32;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the catalogue and storage elements do together: files go there and come back whole, by the command line and by HTTP. */
class DataHttpIT {

    private static final String DISK = "TEST-disk";
    private static final String OTHER = "TEST-disk2";
    private static final int SIZE = 3_000_017;

    static RunningSystem system;
    static CommandLine dirac;
    static Http alice;
    static Http bob;

    final String home = "/demo/user/a/alice/" + Pilots.unique();
    final Path directory = madeDirectory();

    @BeforeAll
    static void connect() {
        system = RunningSystem.up();
        dirac = CommandLine.of(system, "alice");
        alice = system.user("alice");
        bob = system.user("bob");
    }

    @Test
    void putsReplicatesGetsAndRemovesByTheCommandLine() throws IOException {
        String lfn = home + "/f";
        Path file = random("f", SIZE);
        assertThat(dirac.run("data", "put", file.toString(), lfn, "--se", DISK)).isEqualTo(lfn + "\t" + DISK + "\n");
        assertThat(stored(DISK, lfn)).isTrue();
        assertThat(dirac.run("data", "put", file.toString(), lfn, "--se", DISK)).contains(DISK);
        assertThatThrownBy(() -> dirac.run("data", "put", random("g", SIZE).toString(), lfn, "--se", DISK))
                .hasMessageContaining(lfn + " is registered already with another checksum");

        dirac.run("data", "replicate", "--se", OTHER, lfn);
        assertThat(dirac.run("data", "check", lfn)).contains(DISK + "\tGood", OTHER + "\tGood");
        dirac.run("data", "rm-replica", "--se", DISK, lfn);
        assertThat(stored(DISK, lfn)).isFalse();
        assertThat(dirac.run("data", "get", "-D", directory.toString(), lfn)).isEqualTo(lfn + "\t" + OTHER + "\n");
        assertThat(directory.resolve("f")).hasSameBinaryContentAs(file);
        assertThatThrownBy(() -> dirac.run("data", "rm-replica", "--se", OTHER, lfn))
                .hasMessageContaining("the only good one");

        assertThat(dirac.run("data", "rm", lfn)).isEqualTo(lfn + "\n");
        assertThat(stored(OTHER, lfn)).isFalse();
        assertThatThrownBy(() -> dirac.run("data", "get", "-D", directory.toString(), lfn))
                .hasMessageContaining("No such file or directory: " + lfn);
        assertThat(dirac.run("data", "operations", "--kind", "Removal")).contains("Done\t" + lfn + "\t" + OTHER);
    }

    @Test
    void movesDirectoriesInParallel() throws IOException {
        Path source = Files.createDirectories(directory.resolve("source").resolve("deep"));
        for (int number = 0; number < 12; number++) {
            Files.write(source.resolve("f" + number), bytes(number * 1000));
        }
        dirac.run(
                "data", "put", "-r", "--se", DISK, "-p", "8", source.getParent().toString(), home + "/tree");
        dirac.run("data", "get", "-r", "-D", directory.toString(), home + "/tree");
        for (int number = 0; number < 12; number++) {
            assertThat(directory.resolve("tree").resolve("deep").resolve("f" + number))
                    .hasSameBinaryContentAs(source.resolve("f" + number));
        }
    }

    @Test
    void takesUpWhatBrokeOff() throws IOException {
        String lfn = home + "/f";
        Path file = random("f", SIZE);
        byte[] content = Files.readAllBytes(file);
        JsonNode access = plan(lfn, content).path("access");
        HttpResponse<byte[]> larger = alice.bytes(HttpRequest.newBuilder(
                        URI.create(access.path("url").asText()))
                .header("Authorization", access.at("/headers/Authorization").asText())
                .PUT(BodyPublishers.ofByteArray(Arrays.copyOf(content, SIZE + 1))));
        assertThat(larger.statusCode()).isEqualTo(403);
        HttpResponse<byte[]> half = alice.bytes(HttpRequest.newBuilder(
                        URI.create(access.path("url").asText()))
                .header("Authorization", access.at("/headers/Authorization").asText())
                .header("Tus-Resumable", "1.0.0")
                .header("Content-Type", "application/offset+octet-stream")
                .header("Upload-Offset", "0")
                .header("Upload-Length", Integer.toString(SIZE))
                .method("PATCH", BodyPublishers.ofByteArray(Arrays.copyOf(content, SIZE / 2))));
        assertThat(half.statusCode()).isEqualTo(204);
        dirac.run("data", "put", file.toString(), lfn, "--se", DISK);

        Path to = Files.createDirectory(directory.resolve("to"));
        String guid = alice.post("/api/files/entries", "{\"lfns\": [\"" + lfn + "\"]}")
                .json()
                .path("success")
                .path(lfn)
                .path("guid")
                .asText();
        Files.write(
                to.resolve("." + guid + "." + Integer.toHexString("f".hashCode()) + ".dirac-part"),
                Arrays.copyOf(content, SIZE / 3));
        dirac.run("data", "get", "-D", to.toString(), lfn);
        assertThat(to.resolve("f")).hasSameBinaryContentAs(file);
        assertThat(to).isDirectoryNotContaining("glob:**dirac-part");
    }

    @Test
    void readsAnotherReplicaIfOneIsCorrupt() throws IOException {
        String lfn = home + "/f";
        Path file = random("f", SIZE);
        dirac.run("data", "put", file.toString(), lfn, "--se", DISK);
        dirac.run("data", "replicate", "--se", OTHER, lfn);
        Path stored = find(DISK, lfn);
        byte[] content = Files.readAllBytes(stored);
        content[SIZE / 2] ^= 1;
        Files.write(stored, content);
        assertThat(dirac.run("data", "get", "-D", directory.resolve("to").toString(), lfn))
                .isEqualTo(lfn + "\t" + OTHER + "\n");
        assertThat(directory.resolve("to").resolve("f")).hasSameBinaryContentAs(file);
    }

    @Test
    void registersOnlyWhatArrivedAsAnnounced() {
        String lfn = home + "/f";
        byte[] content = bytes(1000);
        JsonNode plan = plan(lfn, content);
        long id = plan.path("id").asLong();
        assertThat(commit(alice, id).at("/failed/" + id + "/detail").asText()).contains("has not arrived");
        assertThat(commit(bob, id).at("/failed/" + id + "/code").asText()).isEqualTo("NOT_FOUND");
        assertThat(send(bob, id, content).statusCode()).isEqualTo(404);
        assertThat(send(alice, id, bytes(999)).statusCode()).isEqualTo(400);
        byte[] other = content.clone();
        other[0] ^= 1;
        assertThat(send(alice, id, other).statusCode()).isEqualTo(409);
        assertThat(send(alice, id, content).statusCode()).isEqualTo(204);
        assertThat(commit(alice, id).at("/success/" + id).asText()).isEqualTo(lfn);
        assertThat(commit(alice, id).at("/success/" + id).asText()).isEqualTo(lfn);

        String address = "/api/data/content?se=" + DISK + "&lfn=" + Http.encoded(lfn);
        HttpResponse<byte[]> whole = alice.bytes(alice.request(address).GET());
        assertThat(whole.body()).isEqualTo(content);
        HttpResponse<byte[]> part =
                alice.bytes(alice.request(address).header("Range", "bytes=990-").GET());
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(content, 990, 1000));
        assertThat(alice.get("/api/data/content?se=TEST-disk2&lfn=" + Http.encoded(lfn))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void saysWhatIsWrongWithAPlace() {
        assertThat(refused("TEST-closed", 10)).contains("closed for writes");
        assertThat(refused("Nowhere", 10)).contains("no storage element Nowhere");
        Answer cancelled = alice.post(
                "/api/data/operations/"
                        + plan(home + "/f", bytes(10)).path("id").asLong() + "/cancel",
                "");
        assertThat(cancelled.json().path("state").asText()).isEqualTo("Cleaning");
        assertThat(bob.post(
                                "/api/data/operations/"
                                        + cancelled.json().path("id").asLong() + "/cancel",
                                "")
                        .status())
                .isEqualTo(404);
    }

    private String refused(String se, int size) {
        return alice.post("/api/data/uploads", offer(home + "/f", bytes(size), se))
                .json()
                .path("failed")
                .path(home + "/f")
                .path("detail")
                .asText();
    }

    private static JsonNode plan(String lfn, byte[] content) {
        Answer answer = alice.post("/api/data/uploads", offer(lfn, content, DISK));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().path("success").path(lfn);
    }

    private static String offer(String lfn, byte[] content, String se) {
        Adler32 sum = new Adler32();
        sum.update(content);
        return """
                {"files": [{"lfn": "%s", "se": "%s", "size": %d, "adler32": "%08x"}]}""".formatted(lfn, se, content.length, sum.getValue());
    }

    private static JsonNode commit(Http who, long id) {
        return who.post("/api/data/uploads/commit", "{\"ids\": [" + id + "]}").json();
    }

    private static HttpResponse<byte[]> send(Http who, long id, byte[] content) {
        return who.bytes(who.request("/api/data/uploads/" + id + "/content").PUT(BodyPublishers.ofByteArray(content)));
    }

    private Path random(String name, int size) {
        try {
            return Files.write(directory.resolve(name + ".bin"), bytes(size));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random().nextBytes(bytes);
        return bytes;
    }

    private static boolean stored(String se, String lfn) {
        return Files.exists(find(se, lfn));
    }

    private static Path find(String se, String lfn) {
        return system.directory().resolve("server/data/storage").resolve(se).resolve(lfn.substring(1));
    }

    private static Path madeDirectory() {
        try {
            return Files.createTempDirectory("data-");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
