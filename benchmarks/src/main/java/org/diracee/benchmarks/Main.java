/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.diracee.client.ApiClient;
import org.diracee.client.ApiRequest;
import org.diracee.client.TokenSource;
import org.jspecify.annotations.Nullable;

/** Runs the benchmarks that are named, writes their results and the report. Started by {@code benchmarks/run}. */
public final class Main {

    static final String NOWHERE = "Executable = \"/bin/true\"; Site = \"DIRAC.Nowhere.bench\";";

    private final Target target;
    private final Path root;
    private final ApiClient user;

    private Main(Target target, Path root) throws Exception {
        this.target = target;
        this.root = root;
        this.user = target.client().withTokens(bearer(accessToken(target.directory())));
    }

    /**
     * Arguments: server address, directory of the run, project root; then names of benchmarks, {@code report}, {@code resources} for the
     * configuration of sites and platforms, or {@code peer} and names.
     */
    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[2]);
        Path results = root.resolve("benchmarks/results");
        List<String> names = List.of(arguments).subList(3, arguments.length);
        if (names.equals(List.of("resources"))) {
            System.out.print(new WaitingJobs(root).resources());
            return;
        }
        if (names.get(0).equals("peer")) {
            DiracxPeer.measure(
                    URI.create(arguments[0]), Path.of(arguments[1]), results, names.subList(1, names.size()));
        } else if (!names.equals(List.of("report"))) {
            Main main = new Main(new Target(URI.create(arguments[0]), Path.of(arguments[1])), root);
            for (String name : names) {
                for (Result result : main.measure(name)) {
                    result.write(results);
                    System.out.printf("%s: %.2f %s%n", result.name(), result.value(), result.unit());
                }
                main.keepHeap(name);
            }
        }
        Report.write(results, root.resolve("docs/benchmarks.md"));
    }

    private List<Result> measure(String name) throws Exception {
        System.out.println(name + ": warming up");
        return switch (name) {
            case "read-small" -> List.of(readSmall());
            case "read-job" -> List.of(readJob());
            case "submission-single" -> List.of(submissionSingle());
            case "submission-sweep" -> List.of(submissionSweep());
            case "submission-20", "job-search", "job-summary" -> List.of(shared(name, null, null));
            case "heartbeat-single" -> List.of(shared(name, 1_000.0, 2_000.0));
            case "status-bulk" -> List.of(shared(name, 5_000.0, 10_000.0));
            case "matching-10k" ->
                matching().single(name, "10 000", 0.01 * MatchingBenchmarks.MILLION, Duration.ofSeconds(2));
            case "matching-100k" ->
                matching().single(name, "100 000", 0.1 * MatchingBenchmarks.MILLION, Duration.ofSeconds(5));
            case "matching-1m" -> matching().single(name, "1 M", MatchingBenchmarks.MILLION, Duration.ofSeconds(10));
            case "matching-10m" ->
                matching().single(name, "10 M", 10 * MatchingBenchmarks.MILLION, Duration.ofSeconds(10));
            case "matching-batch" -> matching().batch();
            case "matching-cost" -> List.of(matchingCost());
            case "job-list-10m" ->
                List.of(new QueryBenchmarks(user, root)
                        .percentile(name, "pages of a job list", "/api/jobs/search", 300, 200));
            case "job-summary-10m" ->
                List.of(new QueryBenchmarks(user, root).percentile(name, "summaries", "/api/jobs/summary", 200, 100));
            case "catalogue-1m" ->
                new CatalogBenchmarks(target, user, "1m", "1 M", CatalogBenchmarks.MILLION).measure();
            case "catalogue-10m" ->
                new CatalogBenchmarks(target, user, "10m", "10 M", 10 * CatalogBenchmarks.MILLION).measure();
            case "isolation" -> new IsolationBenchmarks(target, user).measure();
            case "bulk-kill" -> new ActionBenchmarks(user).kill(name, "100 000", 10, 3);
            case "bulk-kill-1m" -> new ActionBenchmarks(user).kill(name, "1 000 000", 100, 1);
            case "heap-peak" -> List.of(heapPeak());
            case "sandbox-upload" -> List.of(new SandboxBenchmarks(target, user).upload());
            case "stream-in", "stream-out" -> new StreamBenchmarks(target, user).measure();
            case "mutual-tls" -> List.of(new MutualTls(target).measure());
            case "token-refresh" -> List.of(new TokenBenchmarks(target).refresh());
            case "config-read" -> List.of(new ConfigurationBenchmarks(target, user).read());
            case "config-read-unchanged" -> List.of(new ConfigurationBenchmarks(target, user).readUnchanged());
            case "config-commit-5mb" -> List.of(new ConfigurationBenchmarks(target, user).commit());
            default ->
                throw new IllegalArgumentException("there is no benchmark " + name
                        + ": allowed are read-small, read-job, submission-single, submission-sweep, submission-20,"
                        + " job-search, job-summary, heartbeat-single, status-bulk, matching-10k, matching-100k,"
                        + " matching-1m, matching-10m, matching-batch, matching-cost, job-list-10m, job-summary-10m,"
                        + " catalogue-1m, catalogue-10m, isolation, bulk-kill, bulk-kill-1m, heap-peak, token-refresh, mutual-tls, config-read,"
                        + " config-read-unchanged, config-commit-5mb, sandbox-upload, stream-in, stream-out");
        };
    }

    private MatchingBenchmarks matching() throws Exception {
        return new MatchingBenchmarks(target, root, user);
    }

    /** From the figures of the sizes, which are measured before. */
    private Result matchingCost() throws Exception {
        double[] costs = new double[4];
        List<String> sizes = List.of("10k", "100k", "1m", "10m");
        for (int size = 0; size < costs.length; size++) {
            costs[size] = 1_000
                    / Result.read(root.resolve("benchmarks/results/matching-" + sizes.get(size) + ".json"))
                            .value();
        }
        return Result.of(
                        "matching-cost",
                        "milliseconds of this machine per hand-out with 10 M waiting jobs; runs: with 10 000, 100 000, 1 M, 10 M",
                        "ms",
                        null,
                        null,
                        "lower",
                        null,
                        costs)
                .withValue(costs[costs.length - 1]);
    }

    private void keepHeap(String name) throws Exception {
        String line = name + " " + target.liveHeap() + System.lineSeparator();
        System.out.print("  MiB in the server's heap after a collection of garbage: " + line);
        Files.writeString(
                target.directory().resolve("heap"), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private Result heapPeak() throws Exception {
        List<String[]> lines = Files.readAllLines(target.directory().resolve("heap")).stream()
                .map(line -> line.split(" ", -1))
                .toList();
        return Result.of(
                        "heap-peak",
                        "server's heap (-Xmx1g) after a collection of garbage, the largest; runs: after "
                                + lines.stream().map(line -> line[0]).collect(Collectors.joining(", ")),
                        "MiB",
                        1024.0,
                        1024.0,
                        "lower",
                        null,
                        lines.stream()
                                .mapToDouble(line -> Double.parseDouble(line[1]))
                                .toArray())
                .largest();
    }

    private Result shared(String name, @Nullable Double floor, @Nullable Double goal) throws Exception {
        DiracxBenchmarks.Measured measured = new DiracxBenchmarks(user).measure(name);
        try (Bare bare = new Bare(target)) {
            double limit = DiracxBenchmarks.limit(name, bare);
            return Result.of(
                    name,
                    measured.work(),
                    measured.unit(),
                    floor,
                    goal,
                    "higher",
                    Double.isNaN(limit) ? null : limit,
                    measured.runs());
        }
    }

    private Result readSmall() throws Exception {
        double[] runs = Load.repeat(16, () -> {
            user.exchange(ApiRequest.get("/api/auth/userinfo"));
            return 1;
        });
        return Result.of(
                "read-small",
                "authenticated GET of one's own identity, 16 connections",
                "requests/s",
                2_000.0,
                3_000.0,
                "higher",
                null,
                runs);
    }

    private Result readJob() throws Exception {
        long id = submit(NOWHERE).get(0).path("JobID").asLong();
        double[] runs = Load.repeat(16, () -> {
            user.exchange(ApiRequest.get("/api/jobs/" + id));
            return 1;
        });
        try (Bare bare = new Bare(target)) {
            double limit = Load.limit(16, () -> bare.read(id));
            return Result.of(
                    "read-job",
                    "authenticated GET of one job with parameters, 16 connections",
                    "requests/s",
                    null,
                    null,
                    "higher",
                    limit,
                    runs);
        }
    }

    private Result submissionSingle() throws Exception {
        double[] runs = Load.repeat(16, () -> submit(NOWHERE).size());
        try (Bare bare = new Bare(target)) {
            double limit = Load.limit(16, () -> bare.submit(1, 1));
            return Result.of(
                    "submission-single",
                    "one job per request, durable, 16 connections",
                    "jobs/s",
                    500.0,
                    1_000.0,
                    "higher",
                    limit,
                    runs);
        }
    }

    private Result submissionSweep() throws Exception {
        String jdl = "Parameters = 10000; JobName = \"sweep-%n\"; Arguments = \"%s\"; " + NOWHERE;
        double[] runs = Load.repeat(2, () -> submit(jdl).size());
        try (Bare bare = new Bare(target)) {
            double limit = Load.limit(2, () -> bare.submit(10_000, 1));
            return Result.of(
                    "submission-sweep",
                    "sweeps of 10 000 jobs, durable, 2 connections",
                    "jobs/s",
                    15_000.0,
                    50_000.0,
                    "higher",
                    limit,
                    runs);
        }
    }

    private JsonNode submit(String jdl) {
        return user.call(
                ApiRequest.post("/api/jobs/jdl")
                        .json(List.of(jdl))
                        .idempotencyKey(UUID.randomUUID().toString()),
                JsonNode.class);
    }

    private static TokenSource bearer(String token) {
        return TokenSource.fixed(token);
    }

    private static String accessToken(Path directory) throws Exception {
        Path credentials = directory.resolve("credentials.json");
        return Optional.ofNullable(new ObjectMapper()
                        .readTree(Files.readString(credentials))
                        .path("access_token")
                        .textValue())
                .orElseThrow(() -> new IllegalStateException("no access token in " + credentials));
    }
}
