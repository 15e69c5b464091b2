/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.StreamSupport;
import java.util.zip.Adler32;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Our own storage elements over HTTP: whoever holds a token for a file moves its bytes, whole, in pieces, or not at all. */
class StorageHttpIT {

    private static final byte[] CONTENT = random(3_000_017);
    private static final String PIECE = "application/offset+octet-stream";

    static RunningSystem system;
    static Http root;
    static Http alice;

    @BeforeAll
    static void connect() {
        system = RunningSystem.up();
        root = system.user("root");
        alice = system.user("alice");
    }

    /** A file that may be written and read by tokens; only the requests of a test know it. */
    private record Granted(String id, URI url, String create, String read) {

        static Granted at(String se) {
            Answer answer = root.post("/api/storage/" + se + "/tests", "");
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            JsonNode test = answer.json();
            assertThat(test.path("steps")).as(answer.toString()).hasSize(4);
            assertThat(test.path("steps")).allMatch(step -> !step.has("failure"));
            return new Granted(
                    test.path("id").asText(),
                    URI.create(test.at("/upload/url").asText()),
                    test.at("/upload/headers/Authorization").asText(),
                    test.at("/download/headers/Authorization").asText());
        }

        HttpRequest.Builder writing() {
            return HttpRequest.newBuilder(url).header("Authorization", create);
        }

        HttpRequest.Builder reading() {
            return HttpRequest.newBuilder(url).header("Authorization", read);
        }

        HttpRequest.Builder piece(long offset, byte[] bytes) {
            return writing()
                    .header("Tus-Resumable", "1.0.0")
                    .header("Content-Type", PIECE)
                    .header("Upload-Offset", Long.toString(offset))
                    .header("Upload-Length", Integer.toString(CONTENT.length))
                    .method("PATCH", BodyPublishers.ofByteArray(bytes));
        }

        long offset() {
            HttpResponse<byte[]> head =
                    root.bytes(writing().header("Tus-Resumable", "1.0.0").method("HEAD", BodyPublishers.noBody()));
            assertThat(head.statusCode()).isEqualTo(200);
            return head.headers().firstValueAsLong("Upload-Offset").orElseThrow();
        }
    }

    @Test
    void tellsOfStorageElementsOfTheVo() {
        JsonNode list = alice.get("/api/storage").json();
        JsonNode disk = StreamSupport.stream(list.spliterator(), false)
                .filter(se -> se.path("name").asText().equals("TEST-disk"))
                .findFirst()
                .orElseThrow();
        assertThat(disk.path("writable").asBoolean()).isTrue();
        assertThat(disk.at("/protocols/0/known").asBoolean()).isTrue();
        JsonNode full = alice.get("/api/storage/TEST-full").json();
        assertThat(full.at("/space/total").asLong()).isEqualTo(1_000_000);
        assertThat(alice.get("/api/storage/TEST-none").status()).isEqualTo(404);
        assertThat(system.user("carol").get("/api/storage/TEST-disk").status()).isEqualTo(404);
        assertThat(system.user("carol").get("/api/storage").json()).isEmpty();
        assertThat(alice.post("/api/storage/TEST-disk/tests", "").status()).isEqualTo(403);
        JsonNode closed = root.post("/api/storage/TEST-closed/tests", "").json();
        assertThat(closed.at("/steps/0/failure").asText()).contains("TEST-closed is closed for writes");
    }

    @Test
    void movesAFileWhole() {
        Granted file = Granted.at("TEST-disk");
        String digest = "adler32=" + adler32(CONTENT);
        HttpRequest.Builder put = file.writing().header("Digest", digest).PUT(BodyPublishers.ofByteArray(CONTENT));
        assertThat(root.send(put).status()).isEqualTo(201);
        Answer again = root.send(put);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().path("detail").asText()).contains("is there already");

        HttpResponse<byte[]> head = root.bytes(file.reading().method("HEAD", BodyPublishers.noBody()));
        assertThat(head.headers().firstValue("Digest")).contains(digest);
        assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(CONTENT.length);
        assertThat(root.bytes(file.reading().GET()).body()).isEqualTo(CONTENT);
        HttpResponse<byte[]> part =
                root.bytes(file.reading().header("Range", "bytes=3000000-").GET());
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).hasSize(17);
        assertThat(root.bytes(file.reading().header("Range", "bytes=4000000-").GET())
                        .statusCode())
                .isEqualTo(416);
        Answer properties = root.send(file.reading().method("PROPFIND", BodyPublishers.noBody()));
        assertThat(properties.status()).isEqualTo(207);
        assertThat(properties.text()).contains("<D:getcontentlength>" + CONTENT.length + "<");

        assertThat(root.delete("/api/storage/TEST-disk/tests/" + file.id).status())
                .isEqualTo(204);
        assertThat(root.send(file.reading().GET()).status()).isEqualTo(404);
    }

    @Test
    void keepsNothingOfOtherBytes() {
        Granted file = Granted.at("TEST-disk");
        Answer other =
                root.send(file.writing().header("Digest", "adler32=00000001").PUT(BodyPublishers.ofByteArray(CONTENT)));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.json().path("detail").asText()).contains("checksum").contains(adler32(CONTENT));
        assertThat(root.send(file.reading().GET()).status()).isEqualTo(404);
    }

    @Test
    void refusesWhatDoesNotFit() {
        Granted file = Granted.at("TEST-full");
        Answer full = root.send(file.writing().PUT(BodyPublishers.ofByteArray(CONTENT)));
        assertThat(full.status()).as(full.toString()).isEqualTo(507);
        assertThat(full.json().path("detail").asText()).contains("TEST-full has no space");
    }

    @Test
    void goesOnWhereAConnectionBroke() throws IOException {
        Granted file = Granted.at("TEST-disk");
        assertThat(file.offset()).isZero();
        int half = CONTENT.length / 2;
        assertThat(root.send(file.piece(0, part(0, half))).status()).isEqualTo(204);
        assertThat(file.offset()).isEqualTo(half);
        assertThat(root.send(file.piece(half + 1L, part(half + 1, CONTENT.length)))
                        .status())
                .isEqualTo(409);
        // the client dies in the middle of its second piece
        try (SSLSocket socket = (SSLSocket)
                Http.trust(system.ca()).getSocketFactory().createSocket(file.url.getHost(), file.url.getPort())) {
            String request = "PATCH " + file.url.getRawPath() + " HTTP/1.1\r\nHost: " + file.url.getAuthority()
                    + "\r\nAuthorization: " + file.create + "\r\nContent-Type: " + PIECE + "\r\nUpload-Offset: " + half
                    + "\r\nUpload-Length: " + CONTENT.length + "\r\nContent-Length: " + (CONTENT.length - half)
                    + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(CONTENT, half, 500_000);
            socket.getOutputStream().flush();
            await().until(() -> file.offset() > half);
        }
        long[] offset = {0};
        await().untilAsserted(() -> {
            offset[0] = file.offset();
            Answer rest = root.send(file.piece(offset[0], part((int) offset[0], CONTENT.length)));
            assertThat(rest.status()).as(rest.toString()).isEqualTo(204);
        });
        assertThat(root.bytes(file.reading().GET()).body()).isEqualTo(CONTENT);
        assertThat(root.bytes(file.reading().method("HEAD", BodyPublishers.noBody()))
                        .headers()
                        .firstValue("Digest"))
                .contains("adler32=" + adler32(CONTENT));
        root.delete("/api/storage/TEST-disk/tests/" + file.id);
    }

    @Test
    void takesTokensForThisFileAndThisDeedAlone() {
        Granted file = Granted.at("TEST-disk");
        Granted other = Granted.at("TEST-disk");
        Granted elsewhere = Granted.at("TEST-disk2");
        assertThat(status(file.url, "")).isEqualTo(401);
        assertThat(status(file.url, "Bearer " + alice.token())).isEqualTo(401);
        assertThat(status(file.url, other.read)).isEqualTo(403);
        assertThat(status(file.url, file.create)).isEqualTo(403);
        assertThat(status(file.url, elsewhere.read)).isEqualTo(401);
        assertThat(status(URI.create(file.url + "/../../../x"), file.read)).isIn(400, 403, 404);
        Answer write = root.send(HttpRequest.newBuilder(file.url)
                .header("Authorization", file.read)
                .PUT(BodyPublishers.ofByteArray(CONTENT)));
        assertThat(write.status()).isEqualTo(403);
        assertThat(root.send(file.writing().DELETE()).status()).isEqualTo(403);
        Answer below = root.send(HttpRequest.newBuilder(URI.create(file.url + "/below"))
                .header("Authorization", file.create)
                .PUT(BodyPublishers.ofByteArray(CONTENT)));
        assertThat(below.status()).isEqualTo(403);
        assertThat(root.send(file.writing().method("MKCOL", BodyPublishers.noBody()))
                        .status())
                .isEqualTo(403);
    }

    private static int status(URI url, String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url).GET();
        return root.send(authorization.isEmpty() ? request : request.header("Authorization", authorization))
                .status();
    }

    private static byte[] part(int from, int to) {
        return Arrays.copyOfRange(CONTENT, from, to);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static String adler32(byte[] bytes) {
        Adler32 adler32 = new Adler32();
        adler32.update(bytes);
        return String.format(Locale.ROOT, "%08x", adler32.getValue());
    }
}
