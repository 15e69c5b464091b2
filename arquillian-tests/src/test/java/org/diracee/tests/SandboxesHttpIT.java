/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sandboxes by the form that DiracX clients use: announce, send without a token, assign, fetch. */
class SandboxesHttpIT {

    static RunningSystem system;
    static Http alice;
    static Http bob;
    static long seed = 1;

    @BeforeAll
    static void connect() {
        system = RunningSystem.up();
        alice = system.user("alice");
        bob = system.user("bob");
    }

    @Test
    void storesAndReturnsTheBytesAndKnowsThemAgain() {
        byte[] content = content(100_000);
        JsonNode announced = announce(alice, content, content.length).json();
        Answer sent = send(announced, content);
        assertThat(sent.status()).as(sent.toString()).isEqualTo(204);

        String pfn = announced.path("pfn").asText();
        JsonNode link = alice.get("/api/jobs/sandbox?pfn=" + Http.encoded(pfn)).json();
        assertThat(link.path("expires_in").asInt()).isPositive();
        assertThat(fetch(link.path("url").asText())).isEqualTo(content);

        JsonNode again = announce(alice, content, content.length).json();
        assertThat(again.path("pfn").asText()).isEqualTo(pfn);
        assertThat(again.path("url").isNull()).isTrue();
        assertThat(again.path("fields")).isEmpty();
    }

    @Nested
    class OfPartsOfASandbox {

        private final byte[] content = content(1_000);
        private final String link = downloadLink(alice, upload(alice, content));

        @Test
        void givesTheRestWhileTheContentIsTheSame() {
            String tag = "\"" + sha256(content) + "\"";
            HttpResponse<byte[]> answer = get("bytes=900-", tag);

            assertThat(answer.statusCode()).isEqualTo(206);
            assertThat(answer.headers().firstValue("Content-Range")).contains("bytes 900-999/1000");
            assertThat(answer.headers().firstValue("ETag")).contains(tag);
            assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(content, 900, 1_000));
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"another\"", "Fri, 27 Nov 2026 00:00:00 GMT"})
        void givesTheWholeToWhoHasAPartOfAnotherContent(String tag) {
            HttpResponse<byte[]> answer = get("bytes=900-", tag);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Range")).isEmpty();
            assertThat(answer.body()).isEqualTo(content);
        }

        @Test
        void refusesAPartBeyondTheEnd() {
            HttpResponse<byte[]> answer = get("bytes=1000-", "\"" + sha256(content) + "\"");

            assertThat(answer.statusCode()).isEqualTo(416);
            assertThat(answer.headers().firstValue("Content-Range")).contains("bytes */1000");
            assertThat(answer.body()).isEmpty();
        }

        private HttpResponse<byte[]> get(String range, String tag) {
            Http anyone = system.anonymous();
            return anyone.bytes(
                    anyone.request(path(link)).header("Range", range).header("If-Range", tag));
        }
    }

    @Test
    void countsItsBytesAmongTheLimits() {
        long ofUser = spaceUsed("user");
        long ofVo = spaceUsed("vo");

        upload(alice, content(12_345));

        assertThat(spaceUsed("user")).isGreaterThanOrEqualTo(ofUser + 12_345);
        assertThat(spaceUsed("vo")).isGreaterThanOrEqualTo(ofVo + 12_345);
    }

    @Test
    void refusesOtherBytesThanAnnounced() {
        byte[] content = content(1_000);
        JsonNode announced = announce(alice, content, content.length).json();
        byte[] other = content(1_000);

        assertThat(send(announced, other).status()).isEqualTo(400);
        assertThat(announce(alice, content, content.length).json().path("url").isNull())
                .as("nothing was kept")
                .isFalse();
    }

    @Test
    void cutsOffMoreBytesThanAnnounced() {
        byte[] content = content(1_000);
        JsonNode announced = announce(alice, content, content.length).json();

        assertThat(send(announced, content(5_000_000)).status()).isEqualTo(413);
    }

    @Test
    void refusesToAnnounceAGigabyte() {
        Answer answer = announce(alice, content(10), 1_000_000_000L);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).startsWith("Sandbox too large").contains("100");
    }

    @ParameterizedTest
    @CsvSource({"checksum,zz", "size,0", "size,-1", "format,zip", "checksum_algorithm,md5"})
    void refusesAnImpossibleAnnouncement(String member, String value) {
        String body = ("{\"checksum_algorithm\":\"sha256\",\"checksum\":\"" + "0".repeat(64)
                        + "\",\"size\":10,\"format\":\"tar.zst\"}")
                .replaceFirst(
                        "\"" + member + "\":(\"[^\"]*\"|\\d+)",
                        "\"" + member + "\":" + (member.equals("size") ? value : "\"" + value + "\""));
        Answer answer = alice.post("/api/jobs/sandbox", body);

        assertThat(answer.status()).as(answer.toString()).isIn(400, 422);
        assertThat(answer.text()).contains(member);
    }

    @Test
    void guardsTheSandboxOfAnother() {
        String pfn = upload(alice, content(500));

        assertThat(bob.get("/api/jobs/sandbox?pfn=" + Http.encoded(pfn)).status())
                .isEqualTo(403);
    }

    @Test
    void refusesAnAlteredLink() {
        JsonNode link = alice.get("/api/jobs/sandbox?pfn=" + Http.encoded(upload(alice, content(500))))
                .json();
        String url = link.path("url").asText();
        // not the last, of which not all bits count
        int at = url.length() - 2;
        char other = url.charAt(at) == 'A' ? 'B' : 'A';
        Answer answer = system.anonymous().get(path(url.substring(0, at) + other + url.substring(at + 1)));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "SB:SandboxSE|/S3/sandboxes/demo/demo_user/alice/../../../../../etc/passwd",
        "/S3/sandboxes/demo/demo_user/alice/sha256:%2e%2e",
        "/etc/passwd",
        "nonsense"
    })
    void refusesAPathThatIsNoSandbox(String pfn) {
        assertThat(alice.get("/api/jobs/sandbox?pfn=" + Http.encoded(pfn)).status())
                .isIn(400, 403, 404);
    }

    @Test
    void givesAnOutputSandboxToTheOwnerOfTheJob() {
        Pilots.Running running = Pilots.runningOneJobOf(alice, system);
        byte[] content = content(2_000);
        String pfn = upload(running.wrapper(), content);
        Answer assigned = running.wrapper().patch("/api/jobs/" + running.job() + "/sandbox/output", "\"" + pfn + "\"");
        assertThat(assigned.status()).as(assigned.toString()).isEqualTo(200);

        Answer listed = alice.get("/api/jobs/" + running.job() + "/sandbox/output");
        String kept = listed.json().path(0).asText();
        assertThat(pfn).endsWith(kept);
        assertThat(alice.get("/api/jobs/" + running.job() + "/sandbox/input").text())
                .isEqualTo("[null]");
        JsonNode link = alice.get("/api/jobs/sandbox?pfn=" + Http.encoded(kept)).json();
        assertThat(fetch(link.path("url").asText())).isEqualTo(content);
        assertThat(bob.get("/api/jobs/sandbox?pfn=" + Http.encoded(kept)).status())
                .isEqualTo(403);
    }

    static String upload(Http caller, byte[] content) {
        JsonNode announced = announce(caller, content, content.length).json();
        Answer sent = send(caller, rawPath(announced.path("url").asText()), announced, content);
        assertThat(sent.status()).as(sent.toString()).isEqualTo(204);
        return announced.path("pfn").asText();
    }

    private static String downloadLink(Http caller, String pfn) {
        return caller.get("/api/jobs/sandbox?pfn=" + Http.encoded(pfn))
                .json()
                .path("url")
                .asText();
    }

    private static long spaceUsed(String scope) {
        Answer limits = alice.get("/api/limits");
        assertThat(limits.status()).as(limits.toString()).isEqualTo(200);
        for (JsonNode limit : limits.json()) {
            if (limit.path("limit").asText().equals("SandboxBytes")
                    && limit.path("scope").asText().equals(scope)) {
                assertThat(limit.path("allowed").asLong()).isPositive();
                assertThat(limit.path("option").asText()).contains("MaxSpaceMiB");
                return limit.path("used").asLong();
            }
        }
        throw new AssertionError("no SandboxBytes of scope " + scope + " in " + limits);
    }

    private static Answer announce(Http caller, byte[] content, long size) {
        return caller.post(
                "/api/jobs/sandbox",
                "{\"checksum_algorithm\":\"sha256\",\"checksum\":\"" + sha256(content) + "\",\"size\":" + size
                        + ",\"format\":\"tar.zst\"}");
    }

    private static Answer send(JsonNode announced, byte[] content) {
        return send(system.anonymous(), path(announced.path("url").asText()), announced, content);
    }

    private static Answer send(Http to, String path, JsonNode announced, byte[] content) {
        String boundary = "form-" + Pilots.unique();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        Iterator<Map.Entry<String, JsonNode>> fields = announced.path("fields").fields();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + field.getKey()
                            + "\"\r\n\r\n" + field.getValue().asText() + "\r\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes(
                ("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return to.send(
                "POST",
                path,
                "multipart/form-data; boundary=" + boundary,
                BodyPublishers.ofByteArray(body.toByteArray()));
    }

    private static byte[] fetch(String url) {
        return system.anonymous().bytes(path(url));
    }

    /** The link's path on this system; a link that leads elsewhere is a failure of its own. */
    private static String path(String url) {
        URI link = URI.create(url);
        assertThat(link.getAuthority()).isEqualTo(system.anonymous().base().getAuthority());
        return rawPath(url);
    }

    private static String rawPath(String url) {
        URI link = URI.create(url);
        return link.getRawPath() + (link.getRawQuery() == null ? "" : "?" + link.getRawQuery());
    }

    private static byte[] content(int size) {
        byte[] bytes = new byte[size];
        new Random(seed++ * 31 + size + System.nanoTime()).nextBytes(bytes);
        return bytes;
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
