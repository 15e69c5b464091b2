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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.diracee.client.ApiClient;
import org.diracee.client.ApiRequest;
import org.diracee.client.TokenSource;

/** Runs the benchmarks that are named, writes their results and the report. Started by {@code benchmarks/run}. */
public final class Main {

    private static final int QUEUES = 50;
    private static final int PILOTS = 200;
    static final String NOWHERE = "Executable = \"/bin/true\"; Site = \"DIRAC.Nowhere.bench\";";

    private final Target target;
    private final ApiClient user;

    private Main(Target target) throws Exception {
        this.target = target;
        this.user = target.client().withTokens(bearer(accessToken(target.directory())));
    }

    /** Arguments: server address, directory of the run, project root, names of benchmarks or {@code report}. */
    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[2]);
        Path results = root.resolve("benchmarks/results");
        List<String> names = List.of(arguments).subList(3, arguments.length);
        if (!names.equals(List.of("report"))) {
            Main main = new Main(new Target(URI.create(arguments[0]), Path.of(arguments[1])));
            for (String name : names) {
                Result result = main.measure(name);
                result.write(results);
                System.out.printf("%s: %.0f %s%n", name, result.value(), result.unit());
            }
        }
        Report.write(results, root.resolve("docs/benchmarks.md"));
    }

    private Result measure(String name) throws Exception {
        System.out.println(name + ": warming up");
        return switch (name) {
            case "read-small" -> readSmall();
            case "read-job" -> readJob();
            case "submission-single" -> submissionSingle();
            case "submission-sweep" -> submissionSweep();
            case "matching-100k" -> matching();
            case "bulk-kill" -> new ActionBenchmarks(user).kill();
            case "mutual-tls" -> new MutualTls(target).measure();
            case "token-refresh" -> new TokenBenchmarks(target).refresh();
            case "config-read" -> new ConfigurationBenchmarks(target, user).read();
            case "config-read-unchanged" -> new ConfigurationBenchmarks(target, user).readUnchanged();
            case "config-commit-5mb" -> new ConfigurationBenchmarks(target, user).commit();
            default ->
                throw new IllegalArgumentException("there is no benchmark " + name
                        + ": allowed are read-small, read-job, submission-single, submission-sweep, matching-100k, bulk-kill,"
                        + " token-refresh, mutual-tls, config-read, config-read-unchanged, config-commit-5mb");
        };
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

    private Result matching() throws Exception {
        for (int queue = 0; queue < QUEUES; queue++) {
            submit("Parameters = 2000; Executable = \"/bin/true\"; Tags = {\"bench\", \"q" + queue + "\"};");
        }
        List<ApiClient> pilots = new ArrayList<>();
        while (pilots.size() < PILOTS) {
            pilots.add(target.client().withTokens(bearer(new BenchPilot(target).token())));
        }
        AtomicLong matched = new AtomicLong();
        double[] runs = Load.repeat(16, () -> {
            int queue = ThreadLocalRandom.current().nextInt(QUEUES);
            ApiClient pilot = pilots.get(ThreadLocalRandom.current().nextInt(PILOTS));
            JsonNode jobs = pilot.call(
                            ApiRequest.post("/api/jobs/match")
                                    .json(Map.of(
                                            "Site",
                                            "DIRAC.Bench.bench",
                                            "CPUTime",
                                            500_000,
                                            "Tags",
                                            List.of("bench", "q" + queue),
                                            "RequiredTags",
                                            List.of("q" + queue),
                                            "NumberOfJobs",
                                            1)),
                            JsonNode.class)
                    .path("Jobs");
            matched.addAndGet(jobs.size());
            return jobs.size();
        });
        System.out.println("matching-100k: " + matched.get() + " handed out");
        try (Bare bare = new Bare(target)) {
            // enough that no queue runs dry: a bare client takes several thousand a second
            for (int queue = 0; queue < QUEUES; queue++) {
                bare.submit(15_000, queue);
            }
            double limit = Load.limit(
                    16, () -> bare.handOut("bench", ThreadLocalRandom.current().nextInt(QUEUES)));
            return Result.of(
                    "matching-100k",
                    "hand-outs one by one, 100 000 waiting jobs in 50 queues, 16 connections",
                    "jobs/s",
                    1_000.0,
                    2_000.0,
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
