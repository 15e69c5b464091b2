/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sandboxes in a bucket of a real S3 store, brought by {@code testbed/s3.sh}; bytes go there and not through the server. */
@Tag("real")
class S3SandboxIT {

    private static final Path STORE = Path.of(System.getProperty("project.root", ".."), "arquillian-tests/target/s3")
            .toAbsolutePath();
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final HttpClient ANYBODY = HttpClient.newHttpClient();

    static RunningSystem system;
    static Http alice;
    static Map<String, String> environment;
    static String endpoint;

    @BeforeAll
    static void start() throws IOException {
        system = RunningSystem.up();
        alice = system.user("alice");
        String port = FreePorts.one();
        environment = Map.of("S3_PORT", port);
        endpoint = "http://127.0.0.1:" + port;
        s3("stop");
        s3("install");
        s3("start");
        system.credential("s3", Files.readString(STORE.resolve("secret")));
        choose("S3", "s3");
    }

    @AfterAll
    static void stop() {
        choose("directory", "s3");
        s3("stop");
    }

    @Test
    void takesTheAnnouncedBytesAloneAndGivesPartsOfThem() throws Exception {
        byte[] content = JobsHttpIT.unique().repeat(50).getBytes(StandardCharsets.US_ASCII);
        JsonNode announced = announce(content);
        assertThat(announced.path("url").asText()).startsWith(endpoint);
        assertThat(announced.toString())
                .doesNotContain(Files.readString(STORE.resolve("secret")).strip());
        byte[] other = content.clone();
        other[0]++;

        assertThat(send(announced, other)).as("other bytes").isEqualTo(400);
        assertThat(send(announced, Arrays.copyOf(content, content.length + 1)))
                .as("more bytes")
                .isEqualTo(400);
        String pfn = announced.path("pfn").asText();
        assertThat(alice.get("/api/jobs/sandbox?pfn=" + Http.encoded(pfn)).status())
                .isEqualTo(404);
        assertThat(send(announced, content)).isEqualTo(204);

        URI link = URI.create(alice.get("/api/jobs/sandbox?pfn=" + Http.encoded(pfn))
                .json()
                .path("url")
                .asText());
        HttpResponse<byte[]> part = ANYBODY.send(
                HttpRequest.newBuilder(link).header("Range", "bytes=10-").build(), BodyHandlers.ofByteArray());
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.headers().firstValue("ETag").orElseThrow()).startsWith("\"");
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(content, 10, content.length));
        assertThat(announce(content).path("url").isNull()).isTrue();
    }

    @Test
    void aPilotFetchesTheInputFromTheStoreAndLeavesTheOutputThere(@TempDir Path scratch) throws Exception {
        String words = "through the store " + JobsHttpIT.unique();
        Files.writeString(scratch.resolve("words.txt"), words);
        Path input = scratch.resolve("input.tar.zst");
        RunningSystem.run(
                Map.of(), "/usr/bin/tar", "--zstd", "-cf", input.toString(), "-C", scratch.toString(), "words.txt");
        byte[] packed = Files.readAllBytes(input);
        JsonNode announced = announce(packed);
        assertThat(announced.path("url").asText()).startsWith(endpoint);
        assertThat(send(announced, packed)).isEqualTo(204);

        long id = JobsHttpIT.ids(alice.post("/api/jobs/jdl", JobsHttpIT.jdls("""
                        Executable = "/bin/cp"; Arguments = "words.txt copy.txt"; InputSandbox = {"%s"};
                        OutputSandbox = {"copy.txt"}; Site = "DIRAC.Local.test";
                        """.formatted(
                                announced.path("pfn").asText()))))
                .get(0);
        await("job " + id + " is done").atMost(LONG).until(() -> {
            JsonNode job = JobsHttpIT.job(alice, id);
            String status = job.path("Status").asText();
            assertThat(status).as(job.toString()).isNotIn("Failed", "Killed");
            return status.equals("Done");
        });

        String pfn =
                alice.get("/api/jobs/" + id + "/sandbox/output").json().path(0).asText();
        String link = alice.get("/api/jobs/sandbox?pfn=" + Http.encoded(pfn))
                .json()
                .path("url")
                .asText();
        assertThat(link).startsWith(endpoint);
        byte[] stored = ANYBODY.send(HttpRequest.newBuilder(URI.create(link)).build(), BodyHandlers.ofByteArray())
                .body();
        assertThat(pfn).contains(SandboxesHttpIT.sha256(stored));
        Path output = Files.write(scratch.resolve("output.tar.zst"), stored);
        RunningSystem.run(Map.of(), "/usr/bin/tar", "--zstd", "-xf", output.toString(), "-C", scratch.toString());
        assertThat(scratch.resolve("copy.txt")).hasContent(words);
    }

    @Test
    void saysWhatIsWrongAndNoSecretWhenTheStoreDoesNotAnswerOrRefuses() throws Exception {
        s3("stop");
        try {
            Answer away = tryAnnounce("away " + JobsHttpIT.unique());
            assertThat(away.status()).as(away.toString()).isEqualTo(503);
            assertThat(away.header("Retry-After")).isPresent();
            assertThat(away.text()).contains(URI.create(endpoint).getAuthority() + " cannot be reached");
        } finally {
            s3("start");
        }
        byte[] back = ("back " + JobsHttpIT.unique()).getBytes(StandardCharsets.US_ASCII);
        assertThat(send(announce(back), back)).as("when it is up again").isEqualTo(204);
        system.credential("s3-wrong", "not-the-secret");
        choose("S3", "s3-wrong");
        try {
            Answer refused = tryAnnounce("refused " + JobsHttpIT.unique());
            assertThat(refused.status()).as(refused.toString()).isEqualTo(503);
            assertThat(refused.text())
                    .contains("its administrators find the reason in its log")
                    .doesNotContain("not-the-secret", "testkey");
        } finally {
            choose("S3", "s3");
        }
    }

    @Test
    void whatNobodyNeedsIsRemovedFromTheBucket() throws Exception {
        Path unread = stored("unread " + JobsHttpIT.unique());
        Path unclaimed = stored("unclaimed " + JobsHttpIT.unique());
        Path recent = stored("recent " + JobsHttpIT.unique());
        system.sql("update wms.sandbox set last_access = now() - interval '20 days' where pfn like '%"
                + unread.getFileName() + "'");
        system.sql("delete from wms.sandbox where pfn like '%" + unclaimed.getFileName() + "'");
        Files.setLastModifiedTime(unclaimed, FileTime.from(Instant.now().minus(Duration.ofHours(2))));

        await("both are gone").atMost(LONG).until(() -> Files.notExists(unread) && Files.notExists(unclaimed));
        assertThat(recent).exists();
    }

    /** Brings a sandbox to the store; returns the file in which that keeps it. */
    private static Path stored(String content) throws Exception {
        byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
        JsonNode announced = announce(bytes);
        assertThat(send(announced, bytes)).isEqualTo(204);
        String pfn = announced.path("pfn").asText();
        assertThat(alice.get("/api/jobs/sandbox?pfn=" + Http.encoded(pfn)).status())
                .isEqualTo(200);
        Path file = STORE.resolve("data/sandboxes" + pfn.substring(pfn.indexOf("/sandboxes/") + "/sandboxes".length()));
        assertThat(file).exists();
        return file;
    }

    private static void s3(String action) {
        RunningSystem.run(environment, "testbed/s3.sh", action, STORE.toString());
    }

    private static void choose(String backend, String alias) {
        ObjectNode commit = new ObjectMapper().createObjectNode();
        commit.put(
                "base",
                system.user("root")
                        .get("/api/config/revisions")
                        .json()
                        .at("/revisions/0/revision")
                        .asLong());
        commit.put("message", "for the tests");
        commit.put("document", """
                Systems
                {
                  WorkloadManagement
                  {
                    Services
                    {
                      SandboxStore
                      {
                        Backend = %s
                        S3
                        {
                          Endpoint = %s
                          Bucket = sandboxes
                          AccessKeyName = testkey
                          SecretKey = credential:%s
                          AutoCreateBucket = yes
                        }
                      }
                    }
                  }
                }
                """.formatted(backend, endpoint, alias));
        commit.put("mode", "merge");
        Answer answer = system.user("root").post("/api/config/revisions", commit.toString());
        assertThat(answer.status()).as(answer.toString()).isIn(200, 201);
    }

    private static Answer tryAnnounce(String content) {
        byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
        return alice.post("/api/jobs/sandbox", announcement(bytes));
    }

    private static JsonNode announce(byte[] content) {
        Answer answer = alice.post("/api/jobs/sandbox", announcement(content));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private static String announcement(byte[] content) {
        return "{\"checksum_algorithm\": \"sha256\", \"checksum\": \"%s\", \"size\": %d, \"format\": \"tar.zst\"}"
                .formatted(SandboxesHttpIT.sha256(content), content.length);
    }

    private static int send(JsonNode announced, byte[] content) throws Exception {
        String boundary = "boundary-of-the-form";
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        for (Map.Entry<String, JsonNode> field : announced.path("fields").properties()) {
            form.writeBytes(("--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                            .formatted(
                                    boundary, field.getKey(), field.getValue().asText()))
                    .getBytes(StandardCharsets.US_ASCII));
        }
        form.writeBytes(
                ("--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\r\n\r\n".formatted(boundary))
                        .getBytes(StandardCharsets.US_ASCII));
        form.writeBytes(content);
        form.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return ANYBODY.send(
                        HttpRequest.newBuilder(URI.create(announced.path("url").asText()))
                                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                                .POST(BodyPublishers.ofByteArray(form.toByteArray()))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }
}
