/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.pilot.control.LogLine;
import org.diracee.pilot.control.MatchedJob;
import org.diracee.pilot.control.Measurements;
import org.diracee.pilot.control.PilotNews;
import org.diracee.pilot.control.ServerRefusal;
import org.diracee.pilot.control.SlotOffer;
import org.diracee.pilot.control.StatusChange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfflineServerTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JobId JOB = new JobId(42);
    private static final String SHA256 = "0123456789abcdef".repeat(4);
    private static final String INPUT = "SB:SandboxSE|/S3/sandboxes/demo/users/alice/sha256:" + SHA256 + ".tar.zst";
    private static final SlotOffer OFFER = new SlotOffer(
            "DIRAC.Site.test",
            "ce",
            "x86_64-linux",
            Duration.ofHours(1),
            1,
            1000,
            List.of(),
            List.of(),
            1,
            Optional.empty());

    @TempDir
    private Path parcel;

    @BeforeEach
    void pack() throws IOException {
        Files.writeString(parcel.resolve("jobs.json"), """
                {"jobs":[{"jobId":42,"attempt":3,"jdl":"[ Executable = '/bin/true' ]","owner":"alice",
                "ownerGroup":"users","vo":"demo"}],"refused":{"SB:gone":"There is no such sandbox"}}""");
        Files.writeString(parcel.resolve(SHA256 + ".tar.zst"), "input");
    }

    @Test
    void handsTheJobOfTheParcelOutOnce() throws IOException {
        OfflineServer server = OfflineServer.open(parcel);

        List<MatchedJob> jobs = server.match("", OFFER);

        assertThat(jobs).singleElement().satisfies(job -> {
            assertThat(job.id()).isEqualTo(JOB);
            assertThat(job.attempt()).isEqualTo(3);
            assertThat(job.jdl()).contains("/bin/true");
            assertThat(job.owner()).isEqualTo("alice");
        });
        assertThat(server.match("", OFFER)).isEmpty();
    }

    @Test
    void opensNoParcelTwice() throws IOException {
        OfflineServer.open(parcel);
        assertThatThrownBy(() -> OfflineServer.open(parcel)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void writesALineForEachCall() throws IOException {
        OfflineServer server = OfflineServer.open(parcel);
        Instant at = Instant.parse("2026-11-27T12:00:00.000001Z");
        server.pilotNews("", PilotNews.running("on wn1", "DIRAC.Site.test", "ce", "q"));
        server.log("", 0, List.of(new LogLine(at, "INFO", "Pilot", "got a\njob")));
        server.status(
                "",
                JOB,
                new TreeMap<>(Map.of(at, new StatusChange(JobStatus.RUNNING, "Application", Optional.of("half")))));
        server.heartbeat("", JOB, new Measurements(1, 2, 3, 4, 5, 6, Optional.of("secret output")));
        server.parameters("", JOB, Map.of("ExitCode", 7));
        server.reschedule("", JOB);

        List<JsonNode> lines = spool();

        assertThat(lines.stream().map(line -> line.path("call").asText()))
                .containsExactly("pilot", "log", "status", "heartbeat", "parameters", "reschedule");
        assertThat(lines.get(0).path("status").asText()).isEqualTo("Running");
        assertThat(lines.get(1).at("/lines/0/message").asText()).isEqualTo("got a\njob");
        assertThat(lines.get(2).at("/changes/2026-11-27T12:00:00.000001Z").toString())
                .isEqualTo("{\"status\":\"Running\",\"minorStatus\":\"Application\",\"applicationStatus\":\"half\"}");
        assertThat(lines.get(3).path("cpuConsumed").asInt()).isEqualTo(5);
        assertThat(lines.get(3).toString()).doesNotContain("secret output");
        assertThat(lines.get(4).at("/values/ExitCode").asText()).isEqualTo("7");
        assertThat(lines.get(5).path("job").asLong()).isEqualTo(42);
    }

    @Test
    void readsInputSandboxesFromTheParcel() throws IOException {
        OfflineServer server = OfflineServer.open(parcel);
        Path target = parcel.resolve("target");

        server.downloadSandbox("", INPUT, target, 5);

        assertThat(target).hasContent("input");
        assertThatThrownBy(() -> server.downloadSandbox("", INPUT, target, 4)).isInstanceOf(ServerRefusal.class);
        assertThatThrownBy(() -> server.downloadSandbox("", "SB:gone", target, 9))
                .hasMessage("There is no such sandbox");
        assertThatThrownBy(() -> server.downloadSandbox("", INPUT.replace('0', '1'), target, 9))
                .hasMessageStartingWith("The parcel does not hold");
        assertThatThrownBy(() -> server.downloadSandbox("", "SB:SandboxSE|/S3/../../etc/passwd", target, 9))
                .hasMessageContaining("names no sandbox");
    }

    @Test
    void leavesOutputSandboxesBesideTheSpool() throws IOException {
        OfflineServer server = OfflineServer.open(parcel);
        Path archive = Files.writeString(parcel.resolve("archive"), "output");
        String token = server.match("", OFFER).get(0).token();

        String pfn = server.uploadSandbox(token, archive, SHA256, 6, "tar.zst");
        server.assignOutputSandbox(token, JOB, pfn);

        assertThat(pfn).isEqualTo(INPUT);
        assertThat(parcel.resolve("results").resolve(SHA256 + ".tar.zst")).hasContent("output");
        assertThat(spool()).singleElement().hasToString("{\"call\":\"output\",\"job\":42,\"pfn\":\"" + pfn + "\"}");
    }

    private List<JsonNode> spool() throws IOException {
        return Files.readAllLines(parcel.resolve("results/spool.jsonl")).stream()
                .map(OfflineServerTest::read)
                .toList();
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
