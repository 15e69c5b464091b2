/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.benchmarks;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.diracee.client.ApiClient;
import org.diracee.client.Jobs;
import org.diracee.client.Logins;
import org.diracee.client.TokenSource;

/** What a VO notices while another submits without end. */
final class IsolationBenchmarks {

    private static final int ROUNDS = 3;
    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final Duration TIME = Duration.ofSeconds(15);
    private static final String SITE = "DIRAC.Bench.bench";
    private static final String JOB = "Executable = \"/bin/true\"; Site = \"" + SITE + "\";";
    private static final int SWEEP_SIZE = 10_000;
    private static final String SWEEP = "Parameters = " + SWEEP_SIZE + "; " + Main.NOWHERE;
    private static final int SWEEPS_OF_THE_QUIET = 10;

    private static final int WAITING_OF_THE_BARE = 100_000;
    private static final int QUEUE = 1;
    private static final int LOUD_QUEUE = 2;
    private static final Duration BARE_TIME = Duration.ofSeconds(5);

    private final Target target;
    private final Jobs loud;
    private final Jobs quiet;
    private final ApiClient pilot;

    IsolationBenchmarks(Target target, ApiClient user) throws Exception {
        this.target = target;
        ApiClient client = target.client();
        loud = new Jobs(user);
        quiet = new Jobs(client.withTokens(TokenSource.fixed(
                target.logIn(new Logins(client), "other", "bob").accessToken())));
        pilot = client.withTokens(TokenSource.fixed(new BenchPilot(target, "other").token()));
    }

    List<Result> measure() throws InterruptedException, SQLException {
        for (int sweep = 0; sweep < SWEEPS_OF_THE_QUIET; sweep++) {
            submit(quiet, "Parameters = " + SWEEP_SIZE + "; " + JOB);
        }
        Calls ours = new Calls(
                () -> submit(quiet, JOB),
                () -> BenchPilot.match(pilot, SITE, "any", 400_000, 1),
                () -> submit(loud, SWEEP));
        ours.alone(WARM_UP);
        ours.beside(WARM_UP);
        Compared compared = compared(ours, TIME);
        Compared bare = bare();
        return List.of(
                result("submits", "isolation-submit", compared.submit, bare.submit),
                result("matches", "isolation-match", compared.match, bare.match),
                Result.of(
                        "isolation-sweep",
                        "sweeps of 10 000 jobs, 2 connections, while another VO submits and matches jobs one by one",
                        "jobs/s",
                        5_000.0,
                        15_000.0,
                        "higher",
                        null,
                        compared.loud));
    }

    /** The same rows by a bare client that never rests. */
    private Compared bare() throws SQLException, InterruptedException {
        try (Bare bare = new Bare(target)) {
            bare.submit(WAITING_OF_THE_BARE, QUEUE);
            Calls calls = new Calls(
                    () -> bare.submit(1, QUEUE),
                    () -> bare.handOut("bench", QUEUE, 1),
                    () -> bare.submit(SWEEP_SIZE, LOUD_QUEUE));
            calls.beside(BARE_TIME);
            return compared(calls, BARE_TIME);
        }
    }

    private static Compared compared(Calls calls, Duration time) throws InterruptedException {
        Compared compared = new Compared(new double[ROUNDS][2], new double[ROUNDS][2], new double[ROUNDS]);
        for (int round = 0; round < ROUNDS; round++) {
            Seen alone = calls.alone(time);
            Seen beside = calls.beside(time);
            compared.submit[round] = p99(alone.submit, beside.submit);
            compared.match[round] = p99(alone.match, beside.match);
            compared.loud[round] = beside.loud;
            System.out.printf(
                    "  p99 in ms, submit: %.1f, beside %.1f; match: %.1f, beside %.1f; the other VO: %.0f jobs/s%n",
                    compared.submit[round][0],
                    compared.submit[round][1],
                    compared.match[round][0],
                    compared.match[round][1],
                    compared.loud[round]);
        }
        return compared;
    }

    private static double[] p99(Load.Run alone, Load.Run beside) {
        return new double[] {alone.millisecondsAt(0.99), beside.millisecondsAt(0.99)};
    }

    private static Result result(String does, String name, double[][] compared, double[][] bare) {
        return Result.of(
                name,
                "p99 of a VO that " + does
                        + " jobs one by one while another submits sweeps of 10 000 without end over 2 connections, as a multiple of"
                        + " its p99 without the other, which is %.1f ms"
                                .formatted(Load.median(Arrays.stream(compared)
                                        .mapToDouble(run -> run[0])
                                        .toArray())),
                "times",
                2.0,
                2.0,
                "lower",
                Load.median(ratios(bare)),
                ratios(compared));
    }

    private static double[] ratios(double[][] compared) {
        return Arrays.stream(compared).mapToDouble(run -> run[1] / run[0]).toArray();
    }

    private static long submit(Jobs jobs, String jdl) {
        return jobs.submit(List.of(jdl), UUID.randomUUID().toString()).size();
    }

    /** What the quiet VO does, over one connection each, and the loud one over two. */
    private record Calls(Load.Work submit, Load.Work match, Load.Work sweep) {

        Seen alone(Duration time) throws InterruptedException {
            CompletableFuture<Load.Run> submitting = started(1, time, submit);
            Load.Run matching = Load.run(1, time, match);
            return new Seen(submitting.join(), matching, 0);
        }

        Seen beside(Duration time) throws InterruptedException {
            CompletableFuture<Load.Run> sweeping = started(2, time, sweep);
            Seen quiet = alone(time);
            return new Seen(quiet.submit, quiet.match, sweeping.join().perSecond());
        }

        private static CompletableFuture<Load.Run> started(int threads, Duration time, Load.Work work) {
            return CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return Load.run(threads, time, work);
                        } catch (InterruptedException interrupted) {
                            throw new CompletionException(interrupted);
                        }
                    },
                    task -> new Thread(task).start());
        }
    }

    private record Seen(Load.Run submit, Load.Run match, double loud) {}

    /**
     * What all rounds found.
     *
     * @param submit p99 of each round, alone and beside the other
     * @param match the same
     * @param loud jobs that the other submitted in a second
     */
    private record Compared(double[][] submit, double[][] match, double[] loud) {}
}
