/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.gateway;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.diracee.client.ApiClient;
import org.diracee.client.ApiError;
import org.diracee.client.ApiRequest;
import org.diracee.client.ApiResponse;
import org.diracee.client.ClientFailure;
import org.diracee.client.RetryPolicy;
import org.diracee.client.ServerUnreachable;
import org.diracee.client.TokenSource;
import org.diracee.client.wire.TokenResponse;
import org.diracee.kernel.time.MicrosecondClock;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.pilot.control.HeartbeatAnswer;
import org.diracee.pilot.control.LogLine;
import org.diracee.pilot.control.MatchedJob;
import org.diracee.pilot.control.Measurements;
import org.diracee.pilot.control.Server;
import org.diracee.pilot.control.ServerAway;
import org.diracee.pilot.control.ServerRefusal;
import org.diracee.pilot.control.SlotOffer;
import org.diracee.pilot.control.StaleAttempt;
import org.diracee.pilot.control.StatusChange;
import org.jspecify.annotations.Nullable;

/** The server as its REST API shows it. */
public final class RestServer implements Server {

    private static final String JOB_TOKEN_HEADER = "DIRAC-Job-Token";
    private static final String STALE_ATTEMPT = "STALE_ATTEMPT";
    private static final String SOURCE = "JobWrapper";
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int BAD_REQUEST = 400;
    private static final int CONFLICT = 409;
    private static final int FIRST_SERVER_ERROR = 500;
    private static final Duration CALL = Duration.ofSeconds(30);
    private static final Duration TOLERATED_DIFFERENCE = Duration.ofSeconds(2);

    private final ApiClient client;
    private final PilotStamp stamp;
    private volatile Duration clockAhead = Duration.ZERO;

    private RestServer(ApiClient client, PilotStamp stamp) {
        this.client = client;
        this.stamp = stamp;
    }

    /** @throws IOException if the certificates to trust cannot be read */
    public static RestServer connect(URI server, Optional<Path> caFile, PilotStamp stamp) throws IOException {
        ApiClient.Builder builder =
                ApiClient.builder(server).retries(RetryPolicy.NEVER).timeout(CALL);
        if (caFile.isPresent()) {
            builder.caFile(caFile.get());
        }
        return new RestServer(builder.build(), stamp);
    }

    @Override
    public PilotTokens exchangeSecret(String secret) {
        return tokens("/api/auth/secret-exchange", Map.of("pilot_stamp", stamp.text(), "pilot_secret", secret));
    }

    @Override
    public PilotTokens refresh(String refreshToken) {
        return tokens("/api/auth/pilot-token", Map.of("refresh_token", refreshToken, "pilot_stamp", stamp.text()));
    }

    private PilotTokens tokens(String path, Map<String, String> body) {
        return asked(() -> {
            ApiResponse answer =
                    client.exchange(ApiRequest.post(path).anonymous().json(body));
            compareClocks(answer);
            TokenResponse tokens = answer.json(TokenResponse.class);
            return new PilotTokens(
                    tokens.accessToken(),
                    Duration.ofSeconds(tokens.expiresIn()),
                    Optional.ofNullable(tokens.refreshToken()));
        });
    }

    private void compareClocks(ApiResponse answer) {
        Optional<String> date = answer.header("Date");
        if (date.isEmpty()) {
            return;
        }
        try {
            Instant server = ZonedDateTime.parse(date.get(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration ahead = Duration.between(MicrosecondClock.utc().instant(), server);
            clockAhead = ahead.abs().compareTo(TOLERATED_DIFFERENCE) > 0 ? ahead : Duration.ZERO;
        } catch (DateTimeParseException unusable) {
            // a proxy's own idea of a date
        }
    }

    @Override
    public Duration clockAhead() {
        return clockAhead;
    }

    @Override
    public void log(String pilotToken, List<LogLine> lines) {
        List<Map<String, String>> wire = lines.stream()
                .map(line -> Map.of(
                        "timestamp", line.timestamp().toString(),
                        "severity", line.severity(),
                        "scope", line.scope(),
                        "message", line.message()))
                .toList();
        send(pilotToken, ApiRequest.post("/api/pilots/internal/message").json(Map.of("lines", wire)));
    }

    @Override
    public void pilotMetadata(String pilotToken, Map<String, Object> values) {
        send(pilotToken, ApiRequest.patch("/api/pilots/metadata").json(Map.of(stamp.text(), values)));
    }

    @Override
    public List<MatchedJob> match(String pilotToken, SlotOffer offer) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("Site", offer.site());
        body.put("Platform", offer.platform());
        body.put("CPUTime", offer.cpuTimeLeft().toSeconds());
        body.put("GridCE", offer.ce());
        body.put("Tags", offer.tags());
        body.put("RequiredTags", List.of());
        body.put("NumberOfProcessors", offer.processors());
        body.put("MaxRAM", offer.memoryMegabytes());
        body.put("JobTypes", List.of());
        body.put("NumberOfJobs", 1);
        return asked(() -> send(pilotToken, ApiRequest.post("/api/jobs/match").json(body))
                .json(Matched.class)
                .matchedJobs());
    }

    @Override
    public void status(String token, JobId job, SortedMap<Instant, StatusChange> changes) {
        Map<String, Map<String, String>> wire = new LinkedHashMap<>();
        changes.forEach((at, change) -> {
            Map<String, String> values = new LinkedHashMap<>();
            values.put("Status", change.status().text());
            values.put("MinorStatus", change.minorStatus());
            change.applicationStatus().ifPresent(text -> values.put("ApplicationStatus", text));
            values.put("Source", SOURCE);
            wire.put(at.toString(), values);
        });
        JsonNode answer =
                asked(() -> send(token, ApiRequest.patch("/api/jobs/status").json(Map.of(job.toString(), wire)))
                        .json(JsonNode.class));
        refuseFailed(answer, job);
    }

    private static void refuseFailed(JsonNode bulk, JobId job) {
        JsonNode failed = bulk.path("failed").path(job.toString());
        if (failed.isMissingNode()) {
            return;
        }
        String detail = failed.path("detail").asText("refused without a reason");
        if (failed.path("code").asText("").equals(STALE_ATTEMPT)) {
            throw new StaleAttempt(detail);
        }
        throw new ServerRefusal(BAD_REQUEST, detail);
    }

    @Override
    public HeartbeatAnswer heartbeat(String token, JobId job, Measurements measurements) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("LoadAverage", measurements.loadAverage());
        values.put("MemoryUsed", measurements.memoryUsed());
        values.put("Vsize", measurements.vsize());
        values.put("AvailableDiskSpace", measurements.availableDiskSpace());
        values.put("CPUConsumed", measurements.cpuConsumed());
        values.put("WallClockTime", measurements.wallClockTime());
        measurements.standardOutput().ifPresent(text -> values.put("StandardOutput", text));
        return asked(() -> {
            ApiResponse answer =
                    send(token, ApiRequest.patch("/api/jobs/heartbeat").json(Map.of(job.toString(), values)));
            List<String> commands = answer.json(new TypeReference<List<Command>>() {}).stream()
                    .filter(command -> command.job() == job.number())
                    .map(Command::command)
                    .toList();
            return new HeartbeatAnswer(commands, answer.header(JOB_TOKEN_HEADER));
        });
    }

    @Override
    public void parameters(String jobToken, JobId job, Map<String, Object> values) {
        send(jobToken, ApiRequest.patch("/api/jobs/metadata").json(Map.of(job.toString(), values)));
    }

    @Override
    public void reschedule(String jobToken, JobId job) {
        JsonNode answer = asked(() -> send(
                        jobToken,
                        ApiRequest.post("/api/jobs/reschedule").json(Map.of("job_ids", List.of(job.number()))))
                .json(JsonNode.class));
        refuseFailed(answer, job);
    }

    @Override
    public JobStatus jobStatus(String jobToken, JobId job) {
        return asked(() -> {
            String text = send(jobToken, ApiRequest.get("/api/jobs/" + job))
                    .json(JsonNode.class)
                    .path("Status")
                    .asText("");
            return JobStatus.ofText(text)
                    .orElseThrow(() -> new ServerAway("job " + job + " has no known status", null));
        });
    }

    @Override
    public void downloadSandbox(String jobToken, String pfn, Path target, long maxBytes) {
        asked(() -> {
            Link link = send(jobToken, ApiRequest.get("/api/jobs/sandbox").query("pfn", pfn))
                    .json(Link.class);
            client.download(link.url(), target, maxBytes);
            return true;
        });
    }

    @Override
    public String uploadSandbox(String jobToken, Path archive, String sha256, long size, String format) {
        return asked(() -> {
            Map<String, Object> body =
                    Map.of("checksum_algorithm", "sha256", "checksum", sha256, "size", size, "format", format);
            Place place = send(jobToken, ApiRequest.post("/api/jobs/sandbox").json(body))
                    .json(Place.class);
            URI url = place.url();
            if (url != null) {
                client.upload(url, place.fields() == null ? Map.of() : place.fields(), archive);
            }
            return place.pfn();
        });
    }

    @Override
    public void assignOutputSandbox(String jobToken, JobId job, String pfn) {
        String path = "/api/jobs/" + job + "/sandbox/output";
        try {
            send(jobToken, ApiRequest.patch(path).json(pfn));
        } catch (ServerRefusal refusal) {
            // an earlier try may have reached the server although its answer did not reach us
            if (refusal.isUnauthenticated() || !isAssigned(jobToken, path, pfn)) {
                throw refusal;
            }
        }
    }

    private boolean isAssigned(String jobToken, String path, String pfn) {
        String bare = pfn.substring(pfn.indexOf('|') + 1);
        JsonNode assigned = asked(() -> send(jobToken, ApiRequest.get(path)).json(JsonNode.class));
        for (JsonNode one : assigned) {
            if (one.asText("").endsWith(bare)) {
                return true;
            }
        }
        return false;
    }

    private ApiResponse send(String token, ApiRequest request) {
        return asked(() -> client.withTokens(TokenSource.fixed(token)).exchange(request));
    }

    /** Translates what the client throws into what the port promises. */
    private static <T> T asked(Supplier<T> call) {
        try {
            return call.get();
        } catch (ApiError error) {
            throw translated(error);
        } catch (ServerUnreachable unreachable) {
            if (unreachable.getCause() instanceof UncheckedIOException ours) {
                throw ours;
            }
            throw new ServerAway(message(unreachable), unreachable);
        } catch (ClientFailure noUsableAnswer) {
            throw new ServerAway(message(noUsableAnswer), noUsableAnswer);
        }
    }

    private static RuntimeException translated(ApiError error) {
        if (error.is(STALE_ATTEMPT)) {
            return new StaleAttempt(error.detail());
        }
        for (JsonNode failed : error.detailNode().path("failed")) {
            if (failed.path("code").asText("").equals(STALE_ATTEMPT)) {
                return new StaleAttempt(failed.path("detail").asText(STALE_ATTEMPT));
            }
        }
        boolean passing = error.status() >= FIRST_SERVER_ERROR
                || error.status() == TOO_MANY_REQUESTS
                || (error.status() == CONFLICT && error.retryAfter().isPresent());
        // while the server starts, its container answers 404 or 403 in its own words
        boolean stranger = error.code().isEmpty() && error.detailNode().isMissingNode();
        if (passing || stranger) {
            return new ServerAway("the server answered " + error.status() + ": " + error.detail(), error);
        }
        return new ServerRefusal(error.status(), detail(error));
    }

    private static String detail(ApiError error) {
        for (JsonNode failed : error.detailNode().path("failed")) {
            return failed.path("detail").asText(error.detail());
        }
        return error.detail();
    }

    private static String message(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }

    private record Matched(@JsonProperty("Jobs") @Nullable List<Job> jobs) {

        List<MatchedJob> matchedJobs() {
            return jobs == null
                    ? List.of()
                    : jobs.stream().map(Job::toMatchedJob).toList();
        }

        private record Job(
                @JsonProperty("JobID") long id,
                @JsonProperty("Attempt") int attempt,
                @JsonProperty("JDL") String jdl,
                @JsonProperty("Owner") String owner,
                @JsonProperty("OwnerGroup") String ownerGroup,
                @JsonProperty("VO") String vo,
                @JsonProperty("Token") String token,
                @JsonProperty("ExpiresIn") long expiresIn) {

            MatchedJob toMatchedJob() {
                return new MatchedJob(
                        new JobId(id), attempt, jdl, owner, ownerGroup, vo, token, Duration.ofSeconds(expiresIn));
            }

            /** Shows no token. */
            @Override
            public String toString() {
                return "Job[" + id + "]";
            }
        }
    }

    private record Command(
            @JsonProperty("job_id") long job,
            @JsonProperty("command") String command) {}

    private record Link(@JsonProperty("url") URI url) {}

    private record Place(
            @JsonProperty("pfn") String pfn,
            @JsonProperty("url") @Nullable URI url,
            @JsonProperty("fields") @Nullable Map<String, String> fields) {}
}
