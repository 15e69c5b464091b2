/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import static org.diracee.wms.log.boundary.WmsLog.LOG;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Runs the rounds of computing elements beside each other. One that does not come to its end is not started again, and is
 * not waited for beyond the patience given.
 */
final class CeRounds {

    /** Longer than any call to a computing element should take. */
    private static final Duration STUCK = Duration.ofMinutes(1);

    /** How long a cycle goes on starting rounds. */
    private static final Duration STARTING = Duration.ofMinutes(1);

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Map<String, Instant> started = new ConcurrentHashMap<>();
    private final Map<String, Instant> running = new ConcurrentHashMap<>();
    private final Executor executor;
    private final Clock clock;

    CeRounds(Executor executor, Clock clock) {
        this.executor = executor;
        this.clock = clock;
    }

    /**
     * Runs the round of each computing element that is not still in one, those first that have waited longest, and waits for all of
     * them together.
     *
     * @param most how many run at a time; one that is stuck does not count
     * @param patience how long the last ones are waited for; starting all may take up to {@link #STARTING} before
     */
    RoundReport run(Map<String, Supplier<RoundReport>> rounds, int most, Duration patience) {
        started.keySet().removeIf(name -> !rounds.containsKey(name) && !running.containsKey(name));
        List<FutureTask<RoundReport>> tasks = new ArrayList<>();
        long giveUp = System.nanoTime() + STARTING.toNanos();
        List<String> inTurn = rounds.keySet().stream()
                .sorted(Comparator.comparing(name -> started.getOrDefault(name, Instant.MIN)))
                .toList();
        for (String element : inTurn) {
            if (isRunning(element)) {
                continue;
            }
            if (!waitForRoom(most, giveUp)) {
                break; // the rest comes first in the next cycle
            }
            tasks.add(start(element, Objects.requireNonNull(rounds.get(element))));
        }
        long deadline = System.nanoTime() + patience.toNanos();
        RoundReport report = RoundReport.NOTHING;
        for (FutureTask<RoundReport> task : tasks) {
            report = report.plus(await(task, Duration.ofNanos(deadline - System.nanoTime())));
        }
        return report;
    }

    /** How long the rounds last by now that should have ended long ago. */
    Map<String, Duration> stuck() {
        Instant now = clock.instant();
        Map<String, Duration> stuck = new HashMap<>();
        running.forEach((element, since) -> {
            Duration lasts = Duration.between(since, now);
            if (lasts.compareTo(STUCK) > 0) {
                stuck.put(element, lasts);
            }
        });
        return stuck;
    }

    private boolean isRunning(String element) {
        Instant since = running.get(element);
        if (since == null) {
            return false;
        }
        Duration lasts = Duration.between(since, clock.instant());
        if (lasts.compareTo(STUCK) > 0) {
            LOG.roundStuck(element, lasts.toSeconds());
        }
        return true;
    }

    private synchronized boolean waitForRoom(int most, long giveUp) {
        while (busy() >= most) {
            long left = giveUp - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, Math.min(left, LOOK.toNanos()));
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    private long busy() {
        Instant stuck = clock.instant().minus(STUCK);
        return running.values().stream().filter(since -> since.isAfter(stuck)).count();
    }

    private FutureTask<RoundReport> start(String element, Supplier<RoundReport> round) {
        Instant now = clock.instant();
        running.put(element, now);
        started.put(element, now);
        FutureTask<RoundReport> task = new FutureTask<>(() -> {
            try {
                return round.get();
            } catch (RuntimeException broken) {
                LOG.roundBroken(element, broken);
                return new RoundReport(0, 0, 1);
            } finally {
                over(element);
            }
        });
        try {
            executor.execute(task);
        } catch (RuntimeException full) {
            over(element);
            task.cancel(false);
            LOG.roundBroken(element, full);
        }
        return task;
    }

    private synchronized void over(String element) {
        running.remove(element);
        notifyAll();
    }

    private static RoundReport await(FutureTask<RoundReport> task, Duration patience) {
        try {
            return task.get(Math.max(0, patience.toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException goesOn) {
            return RoundReport.NOTHING; // its pilots are counted by the log, and the next cycle leaves it alone
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return RoundReport.NOTHING;
        } catch (ExecutionException | CancellationException broken) {
            return new RoundReport(0, 0, 1);
        }
    }
}
