/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.parcel.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.wms.job.boundary.StatusReport;
import org.diracee.wms.pilot.boundary.PilotStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolTest {

    private static final JobId JOB = new JobId(42);
    private static final String SHA256 = "0123456789abcdef".repeat(4);

    @Test
    void readsWhatPilotsWrite() throws IOException {
        List<Optional<SpoolEntry>> entries = read("""
                {"call":"pilot","status":"Running","reason":"on wn1"}
                {"call":"pilot","job":42}
                {"call":"log","first":7,"lines":[{"timestamp":"2026-11-27T12:00:00Z","severity":"INFO","scope":"Pilot","message":"a\\u0000b"}]}
                {"call":"status","job":42,"changes":{"2026-11-27T12:00:00.000001Z":{"status":"Running","minorStatus":"Application"}}}
                {"call":"heartbeat","job":42,"loadAverage":1.5,"cpuConsumed":"much"}
                {"call":"parameters","job":42,"values":{"ExitCode":"7"}}
                {"call":"reschedule","job":42}
                {"call":"output","job":42,"pfn":"SB:SandboxSE|/S3/sandboxes/demo/users/alice/sha256:%s.tar.zst"}
                {"call":"pilot","status":"Done","reason":"over"}
                """.formatted(SHA256));

        assertThat(entries).doesNotContain(Optional.empty()).hasSize(9);
        assertThat(entries.get(0)).hasValueSatisfying(news -> assertThat(((SpoolEntry.News) news).isEnd())
                .isFalse());
        assertThat(entries.get(1)).hasValue(new SpoolEntry.News(Optional.empty(), Optional.empty(), true));
        assertThat(((SpoolEntry.Log) entries.get(2).orElseThrow())
                        .lines()
                        .get(0)
                        .message())
                .isEqualTo("a?b");
        assertThat(entries.get(3))
                .hasValue(new SpoolEntry.Status(Map.of(
                        Instant.parse("2026-11-27T12:00:00.000001Z"),
                        StatusReport.of(JobStatus.RUNNING, "Application", "JobWrapper"))));
        assertThat(((SpoolEntry.Beat) entries.get(4).orElseThrow()).beat().cpuConsumed())
                .isEmpty();
        assertThat(entries.get(5)).hasValue(new SpoolEntry.Parameters(Map.of("ExitCode", "7")));
        assertThat(((SpoolEntry.Output) entries.get(7).orElseThrow()).pfn().sha256())
                .isEqualTo(SHA256);
        assertThat(entries.get(8))
                .hasValue(new SpoolEntry.News(Optional.of(PilotStatus.DONE), Optional.of("over"), false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "[1]",
                "{\"call\":\"status\",\"job\":43,\"changes\":{}}",
                "{\"call\":\"status\",\"job\":\"42\",\"changes\":{}}",
                "{\"call\":\"status\",\"changes\":{}}",
                "{\"call\":\"status\",\"job\":42,\"changes\":{\"yesterday\":{\"status\":\"Done\"}}}",
                "{\"call\":\"status\",\"job\":42,\"changes\":{\"2026-11-27T12:00:00Z\":{\"status\":\"Rich\"}}}",
                "{\"call\":\"status\",\"job\":42,\"changes\":{\"+999999999-12-31T00:00:00Z\":{\"status\":\"Done\"}}}",
                "{\"call\":\"status\",\"job\":42,\"changes\":{\"-999999999-01-01T00:00:00Z\":{\"status\":\"Done\"}}}",
                "{\"call\":\"log\",\"first\":0,\"lines\":[{\"timestamp\":\"+999999999-12-31T00:00:00Z\"}]}",
                "{\"call\":\"output\",\"job\":42,\"pfn\":\"SB:SandboxSE|/S3/sandboxes/../../etc/passwd\"}",
                "{\"call\":\"pilot\",\"status\":\"Aborted\"}",
                "{\"call\":\"secret-exchange\",\"job\":42}"
            })
    void whatIsNoneOfOursCountsForNothing(String line) throws IOException {
        assertThat(read(line + "\n")).containsExactly(Optional.empty());
    }

    @Test
    void aLineThatWasCutOffIsNone() throws IOException {
        assertThat(read("{\"call\":\"reschedule\",\"job\":42}\n{\"call\":\"resch"))
                .hasSize(1);
    }

    @Test
    void goesOnBehindALineWithoutMeasure() throws IOException {
        assertThat(read("x".repeat(3_000_000) + "\n{\"call\":\"reschedule\",\"job\":42}\n"))
                .containsExactly(Optional.empty(), Optional.of(new SpoolEntry.Reschedule()));
    }

    private static List<Optional<SpoolEntry>> read(String text) throws IOException {
        Spool spool = new Spool(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), JOB);
        List<Optional<SpoolEntry>> entries = new ArrayList<>();
        for (Optional<Spool.Line> line = spool.next(); line.isPresent(); line = spool.next()) {
            entries.add(line.get().entry());
            assertThat(line.get().number()).isEqualTo(entries.size());
        }
        return entries;
    }
}
