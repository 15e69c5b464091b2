/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.diracee.kernel.value.Sha256;
import org.jspecify.annotations.Nullable;

/** A server of the routes that a pilot uses, over plain HTTP on this machine, that remembers all it is told. */
public final class FakeServer implements AutoCloseable {

    /** A state as the server was told it. */
    public record Told(String at, String status, String minorStatus, String applicationStatus, String source) {

        public String line() {
            return status + " / " + minorStatus;
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer http;
    private final Map<Long, Map<String, Told>> states = new ConcurrentHashMap<>();
    private final Map<Long, Map<String, JsonNode>> parameters = new ConcurrentHashMap<>();
    private final Map<Long, List<JsonNode>> heartbeats = new ConcurrentHashMap<>();
    private final Map<Long, String> outputs = new ConcurrentHashMap<>();
    private final Map<String, byte[]> sandboxes = new ConcurrentHashMap<>();
    private final Map<Long, String> orders = new ConcurrentHashMap<>();
    private final Map<Long, String> overridden = new ConcurrentHashMap<>();
    private final List<Long> rescheduled = Collections.synchronizedList(new ArrayList<>());
    private final List<String> pilotLog = Collections.synchronizedList(new ArrayList<>());
    private final List<JsonNode> offers = Collections.synchronizedList(new ArrayList<>());
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, JsonNode> pilot = new ConcurrentHashMap<>();
    private final Deque<ObjectNode> waiting = new ArrayDeque<>();
    private volatile boolean away;
    private volatile boolean starting;
    private volatile boolean stale;
    private volatile @Nullable String expiredToken;
    private volatile @Nullable String freshToken;
    private volatile @Nullable String lostAnswer;

    public FakeServer() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        http.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "fake-server");
            thread.setDaemon(true);
            return thread;
        }));
        http.createContext("/", this::handle);
        http.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /** Breaks every connection without an answer, as a server that is down does. */
    public void away(boolean isAway) {
        away = isAway;
    }

    /** Answers 404 in words of its own, as a container does before its application is there. */
    public void starting(boolean isStarting) {
        starting = isStarting;
    }

    /** Gives the job to another attempt. */
    public void stale() {
        stale = true;
    }

    /** Takes this token no longer, and hands out another with heartbeats. */
    public void expire(String token) {
        expiredToken = token;
    }

    public void handOut(String fresh) {
        freshToken = fresh;
    }

    /** Carries out the next call of this method and path, but breaks the connection instead of answering. */
    public void loseAnswerTo(String call) {
        lostAnswer = call;
    }

    public void orderKill(long job) {
        orders.put(job, "Kill");
        overridden.put(job, "Killed");
    }

    public void enqueue(long job, String jdl) {
        enqueue(job, jdl, "alice");
    }

    public void enqueue(long job, String jdl, String owner) {
        synchronized (waiting) {
            waiting.add(JSON.createObjectNode()
                    .put("JobID", job)
                    .put("Attempt", 1)
                    .put("JDL", jdl)
                    .put("Owner", owner)
                    .put("OwnerGroup", "demo_user")
                    .put("VO", "demo")
                    .put("Token", "job-token")
                    .put("ExpiresIn", 3600));
        }
    }

    /** Stores a sandbox and returns its PFN. */
    public String store(byte[] archive) {
        String pfn = "SB:SandboxSE|/S3/sandboxes/demo/demo_user/alice/sha256:" + Sha256.hex(archive) + ".tar.zst";
        sandboxes.put(pfn, archive);
        return pfn;
    }

    /** Lets another content arrive in the place of a stored sandbox. */
    public void damage(String pfn, byte[] other) {
        sandboxes.put(pfn, other);
    }

    /** The states of a job in the order of their times. */
    public List<Told> told(long job) {
        // as texts, .123001Z would come before .123Z
        return states.getOrDefault(job, Map.of()).values().stream()
                .sorted(Comparator.comparing(told -> Instant.parse(told.at())))
                .toList();
    }

    public List<String> lines(long job) {
        return told(job).stream().map(Told::line).toList();
    }

    public Optional<Told> last(long job) {
        List<Told> all = told(job);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    public String parameter(long job, String name) {
        JsonNode value = parameters.getOrDefault(job, Map.of()).get(name);
        return value == null ? "" : value.asText();
    }

    public List<JsonNode> heartbeats(long job) {
        return List.copyOf(heartbeats.getOrDefault(job, List.of()));
    }

    public Optional<byte[]> output(long job) {
        return Optional.ofNullable(outputs.get(job)).map(sandboxes::get);
    }

    public List<Long> rescheduled() {
        return List.copyOf(rescheduled);
    }

    public List<String> pilotLog() {
        return List.copyOf(pilotLog);
    }

    public List<JsonNode> offers() {
        return List.copyOf(offers);
    }

    public List<String> calls() {
        return List.copyOf(calls);
    }

    public String pilot(String name) {
        JsonNode value = pilot.get(name);
        return value == null ? "" : value.asText();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String call =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        if (away) {
            exchange.close();
            return;
        }
        byte[] body = exchange.getRequestBody().readAllBytes();
        calls.add(call + " " + exchange.getRequestHeaders().getFirst("Authorization"));
        if (starting) {
            answer(exchange, 404, "<html><body>404 - Not Found</body></html>".getBytes(UTF_8));
            return;
        }
        if (expiredToken != null
                && ("Bearer " + expiredToken)
                        .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            problem(exchange, 401, "INVALID_TOKEN", "Invalid JWT");
            return;
        }
        if (stale && call.contains("/api/jobs/") && !call.endsWith("match")) {
            problem(exchange, 409, "STALE_ATTEMPT", "The job is in attempt 2, yours is 1");
            return;
        }
        Object result;
        try {
            result = route(call, exchange, body);
        } catch (RuntimeException failed) {
            problem(exchange, 500, "INTERNAL_ERROR", String.valueOf(failed));
            return;
        }
        if (call.equals(lostAnswer)) {
            lostAnswer = null;
            exchange.close();
        } else if (result instanceof byte[] bytes) {
            answer(exchange, 200, bytes);
        } else if (result instanceof Refusal refusal) {
            problem(exchange, refusal.status(), refusal.code(), refusal.detail());
        } else {
            answer(exchange, 200, JSON.writeValueAsBytes(result));
        }
    }

    private Object route(String call, HttpExchange exchange, byte[] body) throws IOException {
        if (call.startsWith("POST /api/sandbox-transfers/")) {
            upload(exchange, body);
            return Map.of();
        }
        if (call.startsWith("GET /api/sandbox-transfers/")) {
            return sandboxes.getOrDefault(pfnOf(exchange), new byte[0]);
        }
        JsonNode json = body.length == 0 ? JSON.nullNode() : JSON.readTree(body);
        switch (call) {
            case "POST /api/auth/secret-exchange" -> {
                return json.path("pilot_secret").asText().equals("secret")
                        ? Map.of(
                                "access_token",
                                "pilot-token",
                                "expires_in",
                                1200,
                                "token_type",
                                "Bearer",
                                "refresh_token",
                                "r")
                        : new Refusal(401, "BAD_CREDENTIALS", "bad pilot_secret");
            }
            case "POST /api/pilots/internal/message" -> {
                json.path("lines")
                        .forEach(line -> pilotLog.add(line.path("message").asText()));
                return Map.of();
            }
            case "PATCH /api/pilots/metadata" -> {
                json.forEach(values ->
                        values.fields().forEachRemaining(entry -> pilot.put(entry.getKey(), entry.getValue())));
                return Map.of();
            }
            case "POST /api/jobs/match" -> {
                offers.add(json);
                return match(json);
            }
            case "PATCH /api/jobs/status" -> {
                return status(json);
            }
            case "PATCH /api/jobs/heartbeat" -> {
                return heartbeat(exchange, json);
            }
            case "PATCH /api/jobs/metadata" -> {
                json.fields()
                        .forEachRemaining(entry -> entry.getValue().fields().forEachRemaining(value -> parameters
                                .computeIfAbsent(Long.valueOf(entry.getKey()), key -> new ConcurrentHashMap<>())
                                .put(value.getKey(), value.getValue())));
                return Map.of();
            }
            case "POST /api/jobs/reschedule" -> {
                json.path("job_ids").forEach(id -> rescheduled.add(id.asLong()));
                return Map.of("success", Map.of(), "failed", Map.of());
            }
            case "POST /api/jobs/sandbox" -> {
                String pfn = "SB:SandboxSE|/S3/sandboxes/demo/demo_user/alice/sha256:"
                        + json.path("checksum").asText() + ".tar.zst";
                Map<String, Object> place = new HashMap<>();
                place.put("pfn", pfn);
                place.put(
                        "url",
                        sandboxes.containsKey(pfn) ? null : uri() + "/api/sandbox-transfers/up?pfn=" + encoded(pfn));
                place.put("fields", Map.of("key", "value"));
                return place;
            }
            case "GET /api/jobs/sandbox" -> {
                String pfn = pfnOf(exchange);
                return sandboxes.containsKey(pfn)
                        ? Map.of("url", uri() + "/api/sandbox-transfers/down?pfn=" + encoded(pfn), "expires_in", 300)
                        : new Refusal(404, "SANDBOX_NOT_FOUND", "Sandbox not found");
            }
            default -> {
                return ofOneJob(call, json);
            }
        }
    }

    private Object ofOneJob(String call, JsonNode json) {
        String[] parts = call.split("/");
        long job = Long.parseLong(parts[3]);
        if (call.startsWith("PATCH") && call.endsWith("/sandbox/output")) {
            if (outputs.putIfAbsent(job, json.asText()) != null) {
                return new Refusal(400, "CONFLICT", "Sandbox already assigned");
            }
            return JSON.nullNode();
        }
        if (call.startsWith("GET") && call.endsWith("/sandbox/output")) {
            return Collections.singletonList(outputs.getOrDefault(job, "").replaceFirst(".*\\|", ""));
        }
        if (call.startsWith("GET")) {
            String status =
                    overridden.getOrDefault(job, last(job).map(Told::status).orElse("Matched"));
            return Map.of("JobID", job, "Status", status);
        }
        return new Refusal(404, "NOT_FOUND", call);
    }

    private ObjectNode match(JsonNode offer) {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode jobs = answer.putArray("Jobs");
        String owner = offer.path("Owner").asText("");
        synchronized (waiting) {
            for (Iterator<ObjectNode> job = waiting.iterator();
                    job.hasNext() && jobs.size() < offer.path("NumberOfJobs").asInt(1); ) {
                ObjectNode next = job.next();
                if (owner.isEmpty() || next.path("Owner").asText().equals(owner)) {
                    jobs.add(next);
                    job.remove();
                }
            }
        }
        return answer;
    }

    private Object status(JsonNode json) {
        json.fields().forEachRemaining(job -> job.getValue().fields().forEachRemaining(change -> {
            JsonNode values = change.getValue();
            states.computeIfAbsent(Long.valueOf(job.getKey()), key -> new ConcurrentHashMap<>())
                    .put(
                            change.getKey(),
                            new Told(
                                    change.getKey(),
                                    values.path("Status").asText(),
                                    values.path("MinorStatus").asText(),
                                    values.path("ApplicationStatus").asText(""),
                                    values.path("Source").asText()));
        }));
        return Map.of("success", Map.of(), "failed", Map.of());
    }

    private Object heartbeat(HttpExchange exchange, JsonNode json) {
        List<Map<String, Object>> commands = new ArrayList<>();
        json.fields().forEachRemaining(job -> {
            long id = Long.parseLong(job.getKey());
            heartbeats
                    .computeIfAbsent(id, key -> Collections.synchronizedList(new ArrayList<>()))
                    .add(job.getValue());
            String order = orders.remove(id);
            if (order != null) {
                Map<String, Object> command = new LinkedHashMap<>();
                command.put("job_id", id);
                command.put("command", order);
                command.put("arguments", null);
                commands.add(command);
            }
        });
        if (freshToken != null) {
            exchange.getResponseHeaders().add("DIRAC-Job-Token", freshToken);
        }
        return commands;
    }

    private void upload(HttpExchange exchange, byte[] body) throws IOException {
        if (exchange.getRequestHeaders().containsKey("Authorization")) {
            throw new IllegalArgumentException("a token was sent to a signed address");
        }
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        byte[] end = ("\r\n--" + type.substring(type.indexOf("boundary=") + 9) + "--").getBytes(UTF_8);
        String text = new String(body, java.nio.charset.StandardCharsets.ISO_8859_1);
        int begin = text.indexOf("\r\n\r\n", text.indexOf("name=\"file\"")) + 4;
        int stop = text.lastIndexOf(new String(end, UTF_8));
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(body, begin, stop - begin);
        sandboxes.put(pfnOf(exchange), content.toByteArray());
    }

    private static String pfnOf(HttpExchange exchange) {
        return URLDecoder.decode(exchange.getRequestURI().getRawQuery().replaceFirst("^pfn=", ""), UTF_8);
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, UTF_8);
    }

    private static void problem(HttpExchange exchange, int status, String code, String detail) throws IOException {
        answer(exchange, status, JSON.writeValueAsBytes(Map.of("status", status, "code", code, "detail", detail)));
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }

    private record Refusal(int status, String code, String detail) {}
}
