/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.gateway;

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
import org.diracee.client.wire.AnnounceSandbox;
import org.diracee.client.wire.AnnouncedSandbox;
import org.diracee.client.wire.AppendPilotLog;
import org.diracee.client.wire.ExchangeSecret;
import org.diracee.client.wire.JobCommand;
import org.diracee.client.wire.MatchedJobs;
import org.diracee.client.wire.PilotLogLine;
import org.diracee.client.wire.RefreshPilotToken;
import org.diracee.client.wire.RequestJobs;
import org.diracee.client.wire.RescheduleJobs;
import org.diracee.client.wire.SandboxLink;
import org.diracee.client.wire.SendHeartbeat;
import org.diracee.client.wire.Timestamps;
import org.diracee.client.wire.TokenResponse;
import org.diracee.client.wire.UpdatePilot;
import org.diracee.client.wire.UpdateStatus;
import org.diracee.kernel.time.MicrosecondClock;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.pilot.control.HeartbeatAnswer;
import org.diracee.pilot.control.LogLine;
import org.diracee.pilot.control.MatchedJob;
import org.diracee.pilot.control.Measurements;
import org.diracee.pilot.control.PilotNews;
import org.diracee.pilot.control.Server;
import org.diracee.pilot.control.ServerAway;
import org.diracee.pilot.control.ServerRefusal;
import org.diracee.pilot.control.SlotOffer;
import org.diracee.pilot.control.StaleAttempt;
import org.diracee.pilot.control.StatusChange;

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
        return tokens("/api/auth/secret-exchange", new ExchangeSecret(stamp.text(), secret));
    }

    @Override
    public PilotTokens refresh(String refreshToken) {
        return tokens("/api/auth/pilot-token", new RefreshPilotToken(refreshToken, stamp.text()));
    }

    private PilotTokens tokens(String path, Object body) {
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
    public void log(String pilotToken, long first, List<LogLine> lines) {
        AppendPilotLog wire = new AppendPilotLog(
                lines.stream()
                        .map(line -> new PilotLogLine(line.timestamp(), line.severity(), line.scope(), line.message()))
                        .toList(),
                Optional.of(first));
        send(pilotToken, ApiRequest.post("/api/pilots/internal/message").json(wire));
    }

    @Override
    public void pilotNews(String pilotToken, PilotNews news) {
        UpdatePilot wire = new UpdatePilot(
                news.reason(),
                news.status(),
                Optional.empty(),
                news.ce(),
                news.queue(),
                news.site(),
                Optional.empty(),
                Optional.empty(),
                news.job().map(JobId::number));
        send(pilotToken, ApiRequest.patch("/api/pilots/metadata").json(Map.of(stamp.text(), wire)));
    }

    @Override
    public List<MatchedJob> match(String pilotToken, SlotOffer offer) {
        RequestJobs request = new RequestJobs(
                offer.site(),
                Optional.of(offer.platform()),
                offer.cpuTimeLeft().toSeconds(),
                Optional.of(offer.ce()),
                offer.tags(),
                offer.requiredTags(),
                Optional.of(offer.processors()),
                Optional.of((int) Math.min(offer.memoryMegabytes(), Integer.MAX_VALUE)),
                List.of(),
                Optional.of(offer.jobs()),
                Optional.empty(),
                Optional.empty(),
                offer.owner(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        return asked(() ->
                send(pilotToken, ApiRequest.post("/api/jobs/match").json(request))
                        .json(MatchedJobs.class)
                        .jobs()
                        .stream()
                        .map(RestServer::matched)
                        .toList());
    }

    private static MatchedJob matched(MatchedJobs.MatchedJob wire) {
        return new MatchedJob(
                new JobId(wire.jobId()),
                wire.attempt(),
                wire.jdl(),
                wire.owner(),
                wire.ownerGroup(),
                wire.vo(),
                wire.token(),
                Duration.ofSeconds(wire.expiresIn()));
    }

    @Override
    public void status(String token, JobId job, SortedMap<Instant, StatusChange> changes) {
        Map<String, UpdateStatus> wire = new LinkedHashMap<>();
        changes.forEach((at, change) -> wire.put(
                Timestamps.text(at),
                new UpdateStatus(
                        Optional.of(change.status()),
                        Optional.of(change.minorStatus()),
                        change.applicationStatus(),
                        Optional.of(SOURCE))));
        ApiRequest request = ApiRequest.patch("/api/jobs/status").json(Map.of(job.toString(), wire));
        refuseFailed(asked(() -> send(token, request).json(JsonNode.class)), job);
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
        SendHeartbeat wire = new SendHeartbeat(
                Optional.of(measurements.loadAverage()),
                Optional.of(measurements.memoryUsed()),
                Optional.of(measurements.vsize()),
                Optional.of(measurements.availableDiskSpace()),
                Optional.of(measurements.cpuConsumed()),
                Optional.of(measurements.wallClockTime()),
                measurements.standardOutput());
        ApiRequest request = ApiRequest.patch("/api/jobs/heartbeat").json(Map.of(job.toString(), wire));
        return asked(() -> {
            ApiResponse answer = send(token, request);
            List<String> commands = answer.json(new TypeReference<List<JobCommand>>() {}).stream()
                    .filter(command -> command.jobId() == job.number())
                    .map(JobCommand::command)
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
        ApiRequest request = ApiRequest.post("/api/jobs/reschedule").json(new RescheduleJobs(List.of(job.number())));
        refuseFailed(asked(() -> send(jobToken, request).json(JsonNode.class)), job);
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
            SandboxLink link = send(
                            jobToken, ApiRequest.get("/api/jobs/sandbox").query("pfn", pfn))
                    .json(SandboxLink.class);
            // repeated at once, so that it goes on where the connection broke; longer outages are waited for above
            client.withRetries(RetryPolicy.STANDARD).download(URI.create(link.url()), target, maxBytes);
            return true;
        });
    }

    @Override
    public String uploadSandbox(String jobToken, Path archive, String sha256, long size, String format) {
        return asked(() -> {
            AnnounceSandbox sandbox = new AnnounceSandbox("sha256", sha256, size, format);
            AnnouncedSandbox place = send(
                            jobToken, ApiRequest.post("/api/jobs/sandbox").json(sandbox))
                    .json(AnnouncedSandbox.class);
            String url = place.url();
            if (url != null) {
                client.upload(URI.create(url), place.fields(), archive);
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
}
