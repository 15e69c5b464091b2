/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.diracee.client.wire.Timestamps;
import org.diracee.client.wire.WireMapper;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.value.JobId;
import org.diracee.web.WebLog;
import org.diracee.web.identity.Reauthentication.Standing;
import org.diracee.wms.job.boundary.JobSlice;

/**
 * Writes all that a search finds, slice by slice: in memory is one slice, whatever the number of jobs. If a slice cannot be read,
 * or its reader is shut out,
 * the last line says so, for the status is sent already and the server ends the answer as if it were whole.
 *
 * @see "RFC 4180"
 */
final class JobExport implements StreamingOutput {

    /** How many jobs are read at once. */
    static final int SLICE = 2_000;

    private static final ObjectMapper MAPPER = WireMapper.strict();
    private static final String LINE_END = "\r\n";
    private static final String INCOMPLETE = "Incomplete: ";

    private final ExportFormat format;
    private final JobSlice first;
    private final Function<JobId, JobSlice> following;
    private final Standing standing;
    private final Runnable ended;

    /**
     * @param following reads the slice behind a job
     * @param standing what must still count for each slice
     * @param ended told when the export is over, however it ends
     */
    JobExport(
            ExportFormat format,
            JobSlice first,
            Function<JobId, JobSlice> following,
            Standing standing,
            Runnable ended) {
        this.format = format;
        this.first = first;
        this.following = following;
        this.standing = standing;
        this.ended = ended;
    }

    @Override
    public void write(OutputStream body) throws IOException {
        try {
            writeAll(body);
        } finally {
            ended.run();
        }
    }

    private void writeAll(OutputStream body) throws IOException {
        Writer out = new BufferedWriter(new OutputStreamWriter(body, StandardCharsets.UTF_8));
        if (format == ExportFormat.CSV) {
            out.write(line(first.columns()));
        }
        JobSlice slice = first;
        while (true) {
            for (Map<String, Optional<Object>> row : slice.rows()) {
                out.write(
                        switch (format) {
                            case CSV ->
                                line(row.values().stream().map(JobExport::text).toList());
                            case NDJSON -> MAPPER.writeValueAsString(row) + "\n";
                        });
            }
            if (slice.next().isEmpty()) {
                break;
            }
            try {
                standing.require();
                slice = following.apply(slice.next().get());
            } catch (RuntimeException failure) {
                WebLog.LOG.exportBroken(failure);
                out.write(incomplete(
                        failure instanceof DiracException known
                                ? known.detail()
                                : "an internal error; repeat the export"));
                break;
            }
        }
        out.flush();
    }

    private String incomplete(String reason) throws IOException {
        return switch (format) {
            case CSV -> line(List.of(INCOMPLETE + reason));
            case NDJSON -> MAPPER.writeValueAsString(Map.of("Incomplete", reason)) + "\n";
        };
    }

    private static String text(Optional<Object> value) {
        return value.map(known -> known instanceof Instant time ? Timestamps.text(time) : known.toString())
                .orElse("");
    }

    static String line(List<String> cells) {
        return cells.stream().map(JobExport::quoted).collect(Collectors.joining(",", "", LINE_END));
    }

    private static String quoted(String cell) {
        return cell.chars().anyMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n')
                ? '"' + cell.replace("\"", "\"\"") + '"'
                : cell;
    }
}
