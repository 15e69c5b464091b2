/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.diracee.kernel.value.VoName;

/**
 * Lets on each node as many large submissions in at a time as half its processors: a VO that submits
 * sweeps without end would otherwise take them all, and others would feel it with every small call.
 */
@ApplicationScoped
public class SweepTurns {

    /** Submissions with fewer jobs wait for nobody. */
    static final int LARGE = 1_000;

    /** Those that wait hold a thread and a connection to the database each, of which a node has 32. */
    static final int WAITING = 8;

    static final int WAITING_OF_A_VO = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LATER = Duration.ofSeconds(5);

    private final Semaphore turns;
    private final Map<VoName, Integer> waiting = new HashMap<>();

    public SweepTurns() {
        this(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }

    SweepTurns(int atATime) {
        turns = new Semaphore(atATime, true);
    }

    /**
     * Does the work when it is its turn.
     *
     * @throws TooManySubmissions if so many sweeps wait already, of the VO or of all, or none ends
     */
    public <T> T inTurn(VoName vo, int jobs, Supplier<T> work) {
        if (jobs < LARGE) {
            return work.get();
        }
        await(vo);
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }

    synchronized int waiting(VoName vo) {
        return waiting.getOrDefault(vo, 0);
    }

    private void await(VoName vo) {
        queueUp(vo);
        try {
            if (!turns.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw tooMany("");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw tooMany("");
        } finally {
            leaveQueue(vo);
        }
    }

    private synchronized void queueUp(VoName vo) {
        if (waiting(vo) >= WAITING_OF_A_VO) {
            throw tooMany(" for the VO " + vo);
        }
        if (waiting.values().stream().mapToInt(Integer::intValue).sum() >= WAITING) {
            throw tooMany("");
        }
        waiting.merge(vo, 1, Integer::sum);
    }

    private synchronized void leaveQueue(VoName vo) {
        waiting.computeIfPresent(vo, (name, now) -> now == 1 ? null : now - 1);
    }

    private static TooManySubmissions tooMany(String whose) {
        return new TooManySubmissions(
                "Too many submissions of " + LARGE + " jobs and more are under way" + whose
                        + "; submit this one again in a few seconds",
                LATER);
    }
}
