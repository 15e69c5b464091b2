/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.diracee.client.ApiClient;
import org.diracee.client.Jobs;
import org.diracee.client.TokenSource;

/** Hand-outs with as many waiting jobs, in queues of the same shape, as a large installation has. */
final class MatchingBenchmarks {

    private static final int CONNECTIONS = 16;
    private static final int PILOTS = 200;
    private static final int BARE_QUEUES = 50;

    /** Times the jobs that wait there are a million. */
    static final double MILLION = 1.2;

    /** Seconds that are left to pilots; most queues ask for less. */
    private static final int[] CPU_TIMES = {345_600, 518_400, 864_000};

    /** A pilot belongs to one site for its life. */
    private record Pilot(ApiClient client, String site) {}

    private final Target target;
    private final Jobs user;
    private final WaitingJobs waiting;

    MatchingBenchmarks(Target target, Path root, ApiClient user) throws Exception {
        this.target = target;
        this.user = new Jobs(user);
        this.waiting = new WaitingJobs(root);
    }

    /** @param time of a run: so short that few of the jobs are gone by its end */
    List<Result> single(String name, String jobs, double factor, Duration time) throws Exception {
        Load.Run[] runs = runs(1, factor, time);
        String work = "hand-outs one by one, " + jobs + " waiting jobs in 498 queues of LHCb's shape, 16 connections";
        return List.of(
                Result.of(name, work, "jobs/s", 1_000.0, 2_000.0, "higher", limit(1), Load.perSecond(runs)),
                Result.of(
                        name + "-p99",
                        "99 % of these hand-outs take at most: " + work,
                        "ms",
                        50.0,
                        20.0,
                        "lower",
                        null,
                        Load.millisecondsAt(0.99, runs)));
    }

    List<Result> batch() throws Exception {
        return List.of(Result.of(
                "matching-batch",
                "hand-outs of 32 jobs per request, 1 M waiting jobs in 498 queues of LHCb's shape, 16 connections",
                "jobs/s",
                10_000.0,
                20_000.0,
                "higher",
                limit(32),
                Load.perSecond(runs(32, MILLION, Duration.ofSeconds(10)))));
    }

    private Load.Run[] runs(int jobs, double factor, Duration time) throws Exception {
        long begin = System.nanoTime();
        long missing = waiting.fill(user, factor);
        System.out.printf("  %,d jobs submitted in %.0f s%n", missing, (System.nanoTime() - begin) / 1e9);
        try (Connection connection = target.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("analyze wms.job");
        }
        ApiClient connections = target.client();
        List<Pilot> pilots = new ArrayList<>();
        while (pilots.size() < PILOTS) {
            pilots.add(new Pilot(
                    connections.withTokens(TokenSource.fixed(new BenchPilot(target, "demo").token())),
                    waiting.site(ThreadLocalRandom.current())));
        }
        AtomicLong empty = new AtomicLong();
        Load.Run[] runs = Load.runs(CONNECTIONS, time, () -> waiting.fill(user, factor), () -> {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            Pilot pilot = pilots.get(random.nextInt(PILOTS));
            long matched = BenchPilot.match(
                    pilot.client(),
                    pilot.site(),
                    waiting.platform(random),
                    CPU_TIMES[random.nextInt(CPU_TIMES.length)],
                    jobs);
            if (matched == 0) {
                empty.incrementAndGet();
            }
            return matched;
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
