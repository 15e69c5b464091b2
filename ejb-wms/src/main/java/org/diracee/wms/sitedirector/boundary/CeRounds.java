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
import java.util.List;
import java.util.Map;
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

    private final Map<String, Instant> running = new ConcurrentHashMap<>();
    private final Executor executor;
    private final Clock clock;

    CeRounds(Executor executor, Clock clock) {
        this.executor = executor;
        this.clock = clock;
    }

    /** Starts the round of each computing element that is not still in one, and waits for them together. */
    RoundReport run(Map<String, Supplier<RoundReport>> rounds, Duration patience) {
        List<FutureTask<RoundReport>> started = new ArrayList<>();
        rounds.forEach((element, round) -> {
            Instant now = clock.instant();
            Instant since = running.putIfAbsent(element, now);
            if (since == null) {
                FutureTask<RoundReport> task = new FutureTask<>(() -> {
                    try {
                        return round.get();
                    } catch (RuntimeException broken) {
                        LOG.roundBroken(element, broken);
                        return new RoundReport(0, 0, 1);
                    } finally {
                        running.remove(element);
                    }
                });
                started.add(task);
                start(element, task);
            } else {
                Duration lasts = Duration.between(since, now);
                if (lasts.compareTo(STUCK) > 0) {
                    LOG.roundStuck(element, lasts.toSeconds());
                }
            }
        });
        Instant deadline = clock.instant().plus(patience);
        RoundReport report = RoundReport.NOTHING;
        for (FutureTask<RoundReport> task : started) {
            report = report.plus(await(task, Duration.between(clock.instant(), deadline)));
        }
        return report;
    }

    private void start(String element, FutureTask<RoundReport> task) {
        try {
            executor.execute(task);
        } catch (RuntimeException full) {
            running.remove(element);
            task.cancel(false);
            LOG.roundBroken(element, full);
        }
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
