/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Repeats a piece of work from several threads for a time and counts what was done. */
final class Load {

    /** One piece of work; returns how many units it did. */
    interface Work {
        long once() throws Exception;
    }

    /**
     * What one run did.
     *
     * @param perSecond units per second
     * @param latencies nanoseconds of each piece of work, ascending
     */
    record Run(double perSecond, long[] latencies) {

        double millisecondsAt(double quantile) {
            if (latencies.length == 0) {
                return Double.NaN;
            }
            int index = (int) Math.min(latencies.length - 1L, Math.round(quantile * (latencies.length - 1)));
            return latencies[index] / 1e6;
        }
    }

    /** At first two at a time: on few processors the threads of more keep the compiler of the virtual machine from its work. */
    private static final int WARM_UP_THREADS = 2;

    private static final Duration WARM_UP = Duration.ofSeconds(45);
    private static final Duration RAMP_UP = Duration.ofSeconds(15);
    private static final Duration TIME = Duration.ofSeconds(10);
    private static final Duration BARE_WARM_UP = Duration.ofSeconds(3);
    private static final Duration BARE_TIME = Duration.ofSeconds(5);
    private static final int RUNS = 3;

    private Load() {}

    /** Runs the work several times after a warm-up; returns what each run did in a second. */
    static double[] repeat(int threads, Work work) throws InterruptedException {
        return perSecond(runs(threads, work));
    }

    /** Runs the work several times after a warm-up. */
    static Run[] runs(int threads, Work work) throws InterruptedException {
        return runs(threads, TIME, () -> {}, work);
    }

    /**
     * Runs the work several times after a warm-up, all of it in pieces of this length.
     *
     * @param before what is done before each piece and not measured
     */
    static Run[] runs(int threads, Duration time, Runnable before, Work work) throws InterruptedException {
        repeat(Math.min(threads, WARM_UP_THREADS), WARM_UP, time, before, work);
        repeat(threads, RAMP_UP, time, before, work);
        return measured(threads, time, before, work);
    }

    private static void repeat(int threads, Duration total, Duration time, Runnable before, Work work)
            throws InterruptedException {
        for (Duration left = total; !left.isZero() && !left.isNegative(); left = left.minus(time)) {
            before.run();
            run(threads, left.compareTo(time) < 0 ? left : time, work);
        }
    }

    /** The same for a bare client, which is as fast at once; returns the median. */
    static double limit(int threads, Work work) throws InterruptedException {
        run(threads, BARE_WARM_UP, work);
        return median(perSecond(measured(threads, BARE_TIME, () -> {}, work)));
    }

    static double[] perSecond(Run... runs) {
        return Arrays.stream(runs).mapToDouble(Run::perSecond).toArray();
    }

    static double[] millisecondsAt(double quantile, Run... runs) {
        return Arrays.stream(runs)
                .mapToDouble(run -> run.millisecondsAt(quantile))
                .toArray();
    }

    private static Run[] measured(int threads, Duration time, Runnable before, Work work) throws InterruptedException {
        Run[] runs = new Run[RUNS];
        for (int run = 0; run < RUNS; run++) {
            before.run();
            Run done = run(threads, time, work);
            runs[run] = done;
            System.out.printf(
                    "  run %d: %.0f/s, p50 %.1f ms, p99 %.1f ms%n",
                    run + 1, done.perSecond(), done.millisecondsAt(0.5), done.millisecondsAt(0.99));
        }
        return runs;
    }

    static Run run(int threads, Duration time, Work work) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            AtomicLong units = new AtomicLong();
            long begin = System.nanoTime();
            long end = begin + time.toNanos();
            List<Future<List<Long>>> futures = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                futures.add(pool.submit(() -> {
                    List<Long> latencies = new ArrayList<>();
                    while (System.nanoTime() < end) {
                        long before = System.nanoTime();
                        units.addAndGet(work.once());
                        latencies.add(System.nanoTime() - before);
                    }
                    return latencies;
                }));
            }
            List<Long> all = new ArrayList<>();
            for (Future<List<Long>> future : futures) {
                all.addAll(future.get());
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            long[] sorted = all.stream().mapToLong(Long::longValue).sorted().toArray();
            return new Run(units.get() / seconds, sorted);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a piece of work failed, so there is no figure", failed.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
