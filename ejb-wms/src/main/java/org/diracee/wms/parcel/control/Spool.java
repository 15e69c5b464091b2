/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.parcel.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.wms.job.boundary.HeartBeat;
import org.diracee.wms.job.boundary.StatusReport;
import org.diracee.wms.pilot.boundary.PilotLogLine;
import org.diracee.wms.pilot.boundary.PilotStatus;
import org.diracee.wms.sandbox.boundary.SandboxPfn;
import org.jspecify.annotations.Nullable;

/**
 * Reads a spool line by line. It was written where users' payloads ran, hence a line counts only if it is one of ours about the job
 * that went out; a last line without an end was cut off, and is no line.
 */
public final class Spool {

    private static final int LONGEST_LINE = 1024 * 1024;
    private static final int MINOR_LENGTH = 128;
    private static final int APPLICATION_LENGTH = 255;
    private static final String SOURCE = "JobWrapper";
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant AFTER_LAST = Instant.parse("2101-01-01T00:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final InputStream bytes;
    private final JobId job;
    private long lines;

    /** @param job the only one of which it may speak */
    public Spool(InputStream bytes, JobId job) {
        this.bytes = new BufferedInputStream(bytes);
        this.job = job;
    }

    /**
     * A line.
     *
     * @param number from 1
     * @param entry what it says; empty if it is none of ours
     */
    public record Line(long number, Optional<SpoolEntry> entry) {}

    /** The next line; empty at the end. */
    public Optional<Line> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean isTooLong = false;
        for (int one = bytes.read(); one >= 0; one = bytes.read()) {
            if (one == '\n') {
                lines++;
                return Optional.of(
                        new Line(lines, isTooLong ? Optional.empty() : entry(line.toString(StandardCharsets.UTF_8))));
            }
            if (line.size() == LONGEST_LINE) {
                isTooLong = true;
            } else {
                line.write(one);
            }
        }
        return Optional.empty();
    }

    private Optional<SpoolEntry> entry(String text) {
        try {
            JsonNode line = JSON.readTree(text);
            String call = line.path("call").asText();
            if (call.equals("log")) {
                return Optional.of(log(line));
            }
            if (call.equals("pilot")) {
                return news(line);
            }
            return line.path("job").isIntegralNumber() && line.path("job").asLong() == job.number()
                    ? ofJob(call, line)
                    : Optional.empty();
        } catch (JsonProcessingException | DateTimeException | DiracException damaged) {
            return Optional.empty();
        }
    }

    private static Optional<SpoolEntry> ofJob(String call, JsonNode line) {
        return switch (call) {
            case "status" -> Optional.of(status(line.path("changes")));
            case "heartbeat" -> Optional.of(new SpoolEntry.Beat(beat(line)));
            case "parameters" -> Optional.of(parameters(line.path("values")));
            case "reschedule" -> Optional.of(new SpoolEntry.Reschedule());
            case "output" -> Optional.of(new SpoolEntry.Output(SandboxPfn.parse(text(line, "pfn"))));
            default -> Optional.empty();
        };
    }

    private static SpoolEntry log(JsonNode line) {
        List<PilotLogLine> lines = new ArrayList<>();
        for (JsonNode one : line.path("lines")) {
            lines.add(new PilotLogLine(
                    time(text(one, "timestamp")), text(one, "severity"), text(one, "scope"), text(one, "message")));
        }
        return new SpoolEntry.Log(Math.max(0, line.path("first").asLong()), lines);
    }

    /** Where it is, the server knows; a computing element's word is not to be changed by it. */
    private Optional<SpoolEntry> news(JsonNode line) {
        Optional<PilotStatus> status = optional(line, "status").flatMap(PilotStatus::ofWireName);
        boolean hasJob = line.path("job").asLong() == job.number();
        boolean known = status.isEmpty()
                || status.get() == PilotStatus.RUNNING
                || status.get() == PilotStatus.DONE
                || status.get() == PilotStatus.FAILED;
        return known ? Optional.of(new SpoolEntry.News(status, optional(line, "reason"), hasJob)) : Optional.empty();
    }

    private static SpoolEntry status(JsonNode changes) {
        Map<Instant, StatusReport> reports = new LinkedHashMap<>();
        changes.fields()
                .forEachRemaining(change -> reports.put(
                        time(change.getKey()),
                        new StatusReport(
                                Optional.of(JobStatus.parse(text(change.getValue(), "status"))),
                                optional(change.getValue(), "minorStatus").map(text -> shortened(text, MINOR_LENGTH)),
                                optional(change.getValue(), "applicationStatus")
                                        .map(text -> shortened(text, APPLICATION_LENGTH)),
                                SOURCE)));
        return new SpoolEntry.Status(reports);
    }

    private static HeartBeat beat(JsonNode line) {
        return new HeartBeat(
                number(line.get("loadAverage")),
                number(line.get("memoryUsed")),
                number(line.get("vsize")),
                number(line.get("availableDiskSpace")),
                number(line.get("cpuConsumed")),
                number(line.get("wallClockTime")),
                Optional.empty());
    }

    private static SpoolEntry parameters(JsonNode values) {
        Map<String, String> texts = new LinkedHashMap<>();
        values.fields().forEachRemaining(value -> texts.put(storable(value.getKey()), text(values, value.getKey())));
        return new SpoolEntry.Parameters(texts);
    }

    /** The database keeps not all that can be written as a time. */
    private static Instant time(String text) {
        Instant time = Instant.parse(text);
        if (time.isBefore(FIRST) || !time.isBefore(AFTER_LAST)) {
            throw new DateTimeException("no time of a pilot: " + time);
        }
        return time;
    }

    private static OptionalDouble number(@Nullable JsonNode value) {
        return value != null && value.isNumber() && Double.isFinite(value.asDouble())
                ? OptionalDouble.of(value.asDouble())
                : OptionalDouble.empty();
    }

    private static Optional<String> optional(JsonNode of, String name) {
        return of.path(name).isTextual() ? Optional.of(text(of, name)) : Optional.empty();
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }

    private static String text(JsonNode of, String name) {
        return storable(of.path(name).asText());
    }

    /** PostgreSQL's text holds everything but the character NUL. */
    private static String storable(String text) {
        return text.replace('\0', '?');
    }
}
