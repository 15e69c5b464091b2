/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diracee.client.wire.Timestamps;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.pilot.control.HeartbeatAnswer;
import org.diracee.pilot.control.LogLine;
import org.diracee.pilot.control.MatchedJob;
import org.diracee.pilot.control.Measurements;
import org.diracee.pilot.control.PilotNews;
import org.diracee.pilot.control.Server;
import org.diracee.pilot.control.ServerAway;
import org.diracee.pilot.control.ServerRefusal;
import org.diracee.pilot.control.SlotOffer;
import org.diracee.pilot.control.StatusChange;

/**
 * The server as a parcel stands for it where there is no way to the server: the parcel holds the job and its input sandboxes, and
 * what the pilot says goes line by line to a spool beside it, which the server reads when the pilot has ended.
 *
 * <p>A parcel is a directory with {@code jobs.json}, an archive {@code <sha256>.<format>} for each input sandbox, and
 * {@code results}, which is made here: {@code spool.jsonl} and an archive for each output sandbox.
 */
public final class OfflineServer implements Server {

    static final String JOBS = "jobs.json";
    static final String RESULTS = "results";
    static final String SPOOL = "spool.jsonl";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration FOR_EVER = Duration.ofDays(366);
    private static final int TOO_LARGE = 413;
    private static final int NOT_FOUND = 404;
    private static final Pattern PFN = Pattern.compile(".*/sha256:([0-9a-f]{64}\\.tar\\.(?:zst|bz2))");

    private final Path parcel;
    private final FileChannel spool;
    private final JsonNode contents;
    private boolean matched;

    private OfflineServer(Path parcel, FileChannel spool, JsonNode contents) {
        this.parcel = parcel;
        this.spool = spool;
        this.contents = contents;
    }

    /** @throws IOException if there is no parcel, or it was opened before: its jobs must not run twice */
    public static OfflineServer open(Path parcel) throws IOException {
        JsonNode contents = JSON.readTree(parcel.resolve(JOBS).toFile());
        Path results = Files.createDirectory(
                parcel.resolve(RESULTS),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        FileChannel spool = FileChannel.open(
                results.resolve(SPOOL),
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return new OfflineServer(parcel, spool, contents);
    }

    /** Whoever has the parcel is the pilot: there is nothing to log in to, and no token. */
    @Override
    public PilotTokens exchangeSecret(String secret) {
        return new PilotTokens("offline", FOR_EVER, Optional.empty());
    }

    @Override
    public PilotTokens refresh(String refreshToken) {
        return exchangeSecret(refreshToken);
    }

    @Override
    public Duration clockAhead() {
        return Duration.ZERO;
    }

    @Override
    public void log(String pilotToken, long first, List<LogLine> lines) {
        write("log", line -> {
            line.put("first", first);
            ArrayNode all = line.putArray("lines");
            lines.forEach(one -> all.addObject()
                    .put("timestamp", Timestamps.text(one.timestamp()))
                    .put("severity", one.severity())
                    .put("scope", one.scope())
                    .put("message", one.message()));
        });
    }

    @Override
    public void pilotNews(String pilotToken, PilotNews news) {
        write("pilot", line -> {
            news.status().ifPresent(status -> line.put("status", status));
            news.reason().ifPresent(reason -> line.put("reason", reason));
            news.job().ifPresent(job -> line.put("job", job.number()));
        });
    }

    /** The jobs of the parcel, once; what the server knew of the slot when it chose them is not compared again. */
    @Override
    public synchronized List<MatchedJob> match(String pilotToken, SlotOffer offer) {
        if (matched) {
            return List.of();
        }
        matched = true;
        List<MatchedJob> jobs = new ArrayList<>();
        for (JsonNode job : contents.path("jobs")) {
            JobId id = new JobId(job.path("jobId").asLong());
            jobs.add(new MatchedJob(
                    id,
                    job.path("attempt").asInt(),
                    job.path("jdl").asText(),
                    job.path("owner").asText(),
                    job.path("ownerGroup").asText(),
                    job.path("vo").asText(),
                    id.toString(), // tells the jobs apart, and opens nothing
                    FOR_EVER));
        }
        return jobs;
    }

    @Override
    public void status(String token, JobId job, SortedMap<Instant, StatusChange> changes) {
        write("status", line -> {
            line.put("job", job.number());
            ObjectNode all = line.putObject("changes");
            changes.forEach((at, change) -> {
                ObjectNode one = all.putObject(Timestamps.text(at))
                        .put("status", change.status().text())
                        .put("minorStatus", change.minorStatus());
                change.applicationStatus().ifPresent(text -> one.put("applicationStatus", text));
            });
        });
    }

    /** Nobody hears it before the end, hence without the payload's last lines, which its output has anyway. */
    @Override
    public HeartbeatAnswer heartbeat(String token, JobId job, Measurements measurements) {
        write("heartbeat", line -> line.put("job", job.number())
                .put("loadAverage", measurements.loadAverage())
                .put("memoryUsed", measurements.memoryUsed())
                .put("vsize", measurements.vsize())
                .put("availableDiskSpace", measurements.availableDiskSpace())
                .put("cpuConsumed", measurements.cpuConsumed())
                .put("wallClockTime", measurements.wallClockTime()));
        return new HeartbeatAnswer(List.of(), Optional.empty());
    }

    @Override
    public void parameters(String jobToken, JobId job, Map<String, Object> values) {
        write("parameters", line -> {
            line.put("job", job.number());
            ObjectNode all = line.putObject("values");
            values.forEach((name, value) -> all.put(name, value.toString()));
        });
    }

    @Override
    public void reschedule(String jobToken, JobId job) {
        write("reschedule", line -> line.put("job", job.number()));
    }

    /** Nothing is heard from outside: as far as the pilot knows, the job is its own. */
    @Override
    public JobStatus jobStatus(String jobToken, JobId job) {
        return JobStatus.RUNNING;
    }

    @Override
    public void downloadSandbox(String jobToken, String pfn, Path target, long maxBytes) {
        JsonNode refused = contents.path("refused").path(pfn);
        if (!refused.isMissingNode()) {
            throw new ServerRefusal(NOT_FOUND, refused.asText());
        }
        Path archive = parcel.resolve(fileName(pfn));
        if (!Files.isRegularFile(archive)) {
            throw new ServerRefusal(NOT_FOUND, "The parcel does not hold " + pfn);
        }
        try {
            if (Files.size(archive) > maxBytes) {
                throw new ServerRefusal(TOO_LARGE, pfn + " has more than " + maxBytes + " bytes");
            }
            Files.copy(archive, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    @Override
    public String uploadSandbox(String jobToken, Path archive, String sha256, long size, String format) {
        for (JsonNode job : contents.path("jobs")) {
            if (job.path("jobId").asText().equals(jobToken)) {
                String pfn = "SB:SandboxSE|/S3/sandboxes/%s/%s/%s/sha256:%s.%s"
                        .formatted(
                                job.path("vo").asText(),
                                job.path("ownerGroup").asText(),
                                job.path("owner").asText(),
                                sha256,
                                format);
                keep(archive, fileName(pfn));
                return pfn;
            }
        }
        throw new ServerRefusal(NOT_FOUND, "The parcel has no job " + jobToken);
    }

    private void keep(Path archive, String name) {
        Path results = parcel.resolve(RESULTS);
        try {
            Path part = results.resolve(name + ".part");
            Files.copy(archive, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, results.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException full) {
            throw new ServerAway("the output sandbox could not be laid into the parcel: " + full, full);
        }
    }

    @Override
    public void assignOutputSandbox(String jobToken, JobId job, String pfn) {
        write("output", line -> line.put("job", job.number()).put("pfn", pfn));
    }

    private static String fileName(String pfn) {
        Matcher name = PFN.matcher(pfn);
        if (!name.matches()) {
            throw new ServerRefusal(NOT_FOUND, "'" + pfn + "' names no sandbox");
        }
        return name.group(1);
    }

    /** Writes a whole line or nothing of it. */
    private synchronized void write(String call, Consumer<ObjectNode> content) {
        ObjectNode line = JSON.createObjectNode().put("call", call);
        content.accept(line);
        try {
            long end = spool.size();
            ByteBuffer bytes = ByteBuffer.wrap((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
            try {
                spool.position(end);
                while (bytes.hasRemaining()) {
                    spool.write(bytes);
                }
            } catch (IOException full) {
                spool.truncate(end);
                throw full;
            }
        } catch (IOException unwritable) {
            throw new ServerAway("the spool of the parcel cannot be written: " + unwritable, unwritable);
        }
    }
}
