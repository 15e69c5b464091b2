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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.diracee.client.ApiClient;
import org.diracee.client.ApiRequest;
import org.diracee.client.TokenSource;

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

    /** Arguments: server address, directory of the run, project root, names of benchmarks or {@code report}. */
    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[2]);
        Path results = root.resolve("benchmarks/results");
        List<String> names = List.of(arguments).subList(3, arguments.length);
        if (!names.equals(List.of("report"))) {
            Main main = new Main(new Target(URI.create(arguments[0]), Path.of(arguments[1])), root);
            for (String name : names) {
                for (Result result : main.measure(name)) {
                    result.write(results);
                    System.out.printf("%s: %.0f %s%n", result.name(), result.value(), result.unit());
                }
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
            case "matching-1m", "matching-1m-p99" -> matching().single("matching-1m", "1 M", 1.2);
            case "matching-10m", "matching-10m-p99" -> matching().single("matching-10m", "10 M", 12);
            case "matching-batch" -> matching().batch();
            case "bulk-kill" -> List.of(new ActionBenchmarks(user).kill());
            case "sandbox-upload" -> List.of(new SandboxBenchmarks(target, user).upload());
            case "mutual-tls" -> List.of(new MutualTls(target).measure());
            case "token-refresh" -> List.of(new TokenBenchmarks(target).refresh());
            case "config-read" -> List.of(new ConfigurationBenchmarks(target, user).read());
            case "config-read-unchanged" -> List.of(new ConfigurationBenchmarks(target, user).readUnchanged());
            case "config-commit-5mb" -> List.of(new ConfigurationBenchmarks(target, user).commit());
            default ->
                throw new IllegalArgumentException("there is no benchmark " + name
                        + ": allowed are read-small, read-job, submission-single, submission-sweep, bulk-kill, matching-1m,"
                        + " matching-1m-p99, matching-10m, matching-10m-p99, matching-batch, token-refresh, mutual-tls,"
                        + " config-read, config-read-unchanged, config-commit-5mb, sandbox-upload");
        };
    }

    private MatchingBenchmarks matching() throws Exception {
        submit(NOWHERE);
        return new MatchingBenchmarks(target, root, MatchingBenchmarks.lastSubmission(target));
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
