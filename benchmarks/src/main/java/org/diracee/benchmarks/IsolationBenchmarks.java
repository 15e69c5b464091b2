/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.benchmarks;

import java.time.Duration;
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
    private static final String SWEEP = "Parameters = 10000; " + Main.NOWHERE;
    private static final int SWEEPS_OF_THE_QUIET = 10;

    private final Jobs loud;
    private final Jobs quiet;
    private final ApiClient pilot;

    IsolationBenchmarks(Target target, ApiClient user) throws Exception {
        ApiClient client = target.client();
        loud = new Jobs(user);
        quiet = new Jobs(client.withTokens(TokenSource.fixed(
                target.logIn(new Logins(client), "other", "bob").accessToken())));
        pilot = client.withTokens(TokenSource.fixed(new BenchPilot(target, "other").token()));
    }

    List<Result> measure() throws InterruptedException {
        for (int sweep = 0; sweep < SWEEPS_OF_THE_QUIET; sweep++) {
            submit(quiet, "Parameters = 10000; " + JOB);
        }
        beside(WARM_UP);
        double[] submit = new double[ROUNDS];
        double[] match = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            Seen idle = beside(TIME);
            Load.Run[] loaded = new Load.Run[1];
            CompletableFuture<Seen> seen = started(() -> beside(TIME));
            loaded[0] = Load.run(2, TIME, () -> submit(loud, SWEEP));
            submit[round] = ratio("submit", idle.submit, seen.join().submit);
            match[round] = ratio("match", idle.match, seen.join().match);
            System.out.printf("  the other VO submitted %.0f jobs/s meanwhile%n", loaded[0].perSecond());
        }
        return List.of(result("submit", submit), result("match", match));
    }

    private static double ratio(String what, Load.Run idle, Load.Run loaded) {
        System.out.printf(
                "  %s: p99 %.1f ms idle, %.1f ms beside%n",
                what, idle.millisecondsAt(0.99), loaded.millisecondsAt(0.99));
        return loaded.millisecondsAt(0.99) / idle.millisecondsAt(0.99);
    }

    private static Result result(String what, double[] runs) {
        return Result.of(
                "isolation-" + what,
                "p99 of a VO that " + what + (what.equals("submit") ? "s" : "es")
                        + " jobs one by one while another submits sweeps of 10 000 without end over 2 connections, as a multiple of"
                        + " its p99 without the other",
                "times",
                2.0,
                2.0,
                "lower",
                null,
                runs);
    }

    /** The quiet VO submits and matches, over one connection each. */
    private Seen beside(Duration time) throws InterruptedException {
        CompletableFuture<Load.Run> submitting = started(() -> Load.run(1, time, () -> submit(quiet, JOB)));
        Load.Run matching = Load.run(1, time, () -> BenchPilot.match(pilot, SITE, "any", 400_000, 1));
        return new Seen(submitting.join(), matching);
    }

    private static long submit(Jobs jobs, String jdl) {
        return jobs.submit(List.of(jdl), UUID.randomUUID().toString()).size();
    }

    private static <T> CompletableFuture<T> started(Step<T> step) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return step.take();
                    } catch (InterruptedException interrupted) {
                        throw new CompletionException(interrupted);
                    }
                },
                task -> new Thread(task).start());
    }

    private interface Step<T> {
        T take() throws InterruptedException;
    }

    private record Seen(Load.Run submit, Load.Run match) {}
}
