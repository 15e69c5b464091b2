/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.diracee.client.ApiClient;
import org.diracee.client.ApiRequest;
import org.diracee.client.TokenSource;

/** Hand-outs with as many waiting jobs, in queues of the same shape, as a large installation has. */
final class MatchingBenchmarks {

    private static final int CONNECTIONS = 16;
    private static final int PILOTS = 200;
    private static final int BARE_QUEUES = 50;

    /** Seconds that are left to pilots; most queues ask for less. */
    private static final int[] CPU_TIMES = {345_600, 518_400, 864_000};

    /** A pilot belongs to one site for its life. */
    private record Pilot(ApiClient client, String site) {}

    private final Target target;
    private final WaitingJobs waiting;
    private final long submission;

    /** @param submission whose description the jobs have */
    MatchingBenchmarks(Target target, Path root, long submission) throws Exception {
        this.target = target;
        this.waiting = new WaitingJobs(target, root);
        this.submission = submission;
    }

    /** The submission that was made last. */
    static long lastSubmission(Target target) throws Exception {
        try (Connection connection = target.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select max(id) from wms.submission")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    List<Result> single(String name, String jobs, double factor) throws Exception {
        Load.Run[] runs = runs(1, factor);
        double limit = limit(1);
        String work = "hand-outs one by one, " + jobs + " waiting jobs in 498 queues of LHCb's shape, 16 connections";
        return List.of(
                Result.of(
                        name,
                        work,
                        "jobs/s",
                        1_000.0,
                        2_000.0,
                        "higher",
                        limit,
                        Arrays.stream(runs).mapToDouble(Load.Run::perSecond).toArray()),
                Result.of(
                        name + "-p99",
                        "99 % of these hand-outs take at most: " + work,
                        "ms",
                        50.0,
                        20.0,
                        "lower",
                        null,
                        Arrays.stream(runs)
                                .mapToDouble(run -> run.millisecondsAt(0.99))
                                .toArray()));
    }

    List<Result> batch() throws Exception {
        Load.Run[] runs = runs(32, 1.2);
        return List.of(Result.of(
                "matching-batch",
                "hand-outs of 32 jobs per request, 1 M waiting jobs in 498 queues of LHCb's shape, 16 connections",
                "jobs/s",
                10_000.0,
                20_000.0,
                "higher",
                limit(32),
                Arrays.stream(runs).mapToDouble(Load.Run::perSecond).toArray()));
    }

    private Load.Run[] runs(int jobs, double factor) throws Exception {
        System.out.printf("  %,d jobs wait%n", waiting.fill(factor, submission));
        ApiClient connections = target.client();
        List<Pilot> pilots = new ArrayList<>();
        while (pilots.size() < PILOTS) {
            pilots.add(new Pilot(
                    connections.withTokens(TokenSource.fixed(new BenchPilot(target).token())),
                    waiting.site(ThreadLocalRandom.current())));
        }
        AtomicLong empty = new AtomicLong();
        Load.Run[] runs = Load.runs(CONNECTIONS, () -> {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            Pilot pilot = pilots.get(random.nextInt(PILOTS));
            JsonNode matched = pilot.client()
                    .call(
                            ApiRequest.post("/api/jobs/match")
                                    .json(Map.of(
                                            "Site",
                                            pilot.site(),
                                            "Platform",
                                            waiting.platform(random),
                                            "CPUTime",
                                            CPU_TIMES[random.nextInt(CPU_TIMES.length)],
                                            "GridCE",
                                            "ce.example.org",
                                            "MaxRAM",
                                            4_000,
                                            "NumberOfJobs",
                                            jobs)),
                            JsonNode.class)
                    .path("Jobs");
            if (matched.isEmpty()) {
                empty.incrementAndGet();
            }
            return matched.size();
        });
        System.out.printf("  %,d requests got nothing%n", empty.get());
        return runs;
    }

    private double limit(int jobs) throws Exception {
        try (Bare bare = new Bare(target)) {
            // enough that no queue runs dry: a bare client takes many thousand a second
            for (int queue = 0; queue < BARE_QUEUES; queue++) {
                bare.submit(jobs == 1 ? 15_000 : 40_000, queue);
            }
            return Load.limit(
                    CONNECTIONS,
                    () -> bare.handOut("bench", ThreadLocalRandom.current().nextInt(BARE_QUEUES), jobs));
        }
    }
}
