/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.diracee.framework.limit.boundary.RecentCallers;
import org.diracee.kernel.value.VoName;

/**
 * Keeps a VO that submits sweeps without end from being felt by others with every small call: on each node as many large
 * submissions are in at a time as half its processors, and while others call they rest for most of the time, up to a bound: they rest
 * inside their transaction, and the feed of changes waits for its end.
 */
@ApplicationScoped
public class SweepTurns {

    /** Submissions with fewer jobs wait for nobody. */
    static final int LARGE = 1_000;

    /** Those that wait hold a thread and a connection to the database each, of which a node has 32. */
    static final int WAITING = 8;

    static final int WAITING_OF_A_VO = 4;

    /** Jobs that are put into the database by one statement beside the calls of others: a few milliseconds of work. */
    static final int SLICE = 250;

    /** How long submissions rest if all turns are taken, as a share of the time that they worked. */
    private static final double REST = 1.5;

    /** If the database is slow, resting longer makes nothing better. */
    private static final Duration LONGEST_REST = Duration.ofMillis(200);

    /** What one submission rests at most in all. */
    static final Duration MOST_REST = Duration.ofSeconds(5);

    private static final Duration OF_LATE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LATER = Duration.ofSeconds(5);

    private final Map<VoName, Integer> waiting = new HashMap<>();
    private final Map<VoName, Integer> present = new HashMap<>();
    private Semaphore turns;
    private int places;
    private RecentCallers recent;
    private LongSupplier nanoTime;
    private Pause pause;

    protected SweepTurns() {} // for the container's proxy

    @Inject
    public SweepTurns(RecentCallers recent) {
        this(
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                recent,
                System::nanoTime,
                length -> TimeUnit.NANOSECONDS.sleep(length.toNanos()));
    }

    SweepTurns(int places, RecentCallers recent, LongSupplier nanoTime, Pause pause) {
        this.turns = new Semaphore(places, true);
        this.places = places;
        this.recent = recent;
        this.nanoTime = nanoTime;
        this.pause = pause;
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
        come(present, vo);
        try {
            return work.get();
        } finally {
            leave(present, vo);
            turns.release();
        }
    }

    /**
     * Does the work on some of the items at a time. If they are many, it takes few and rests between them while VOs call that do not
     * submit on a large scale themselves, longer the more of the turns are taken.
     *
     * @param rested how long the submission has rested before
     * @return how long it has rested now
     */
    public <T> Duration inSlices(List<T> items, Duration rested, Consumer<List<T>> work) {
        Duration sum = rested;
        int done = 0;
        while (done < items.size()) {
            boolean beside = items.size() >= LARGE && recent.anyBut(sweeping(), OF_LATE);
            int end = Math.min(items.size(), done + (beside ? SLICE : LARGE));
            long begin = nanoTime.getAsLong();
            work.accept(items.subList(done, end));
            done = end;
            if (beside && done < items.size()) {
                sum = sum.plus(rest(nanoTime.getAsLong() - begin, MOST_REST.minus(sum)));
            }
        }
        return sum;
    }

    private Duration rest(long worked, Duration most) {
        int taken = places - turns.availablePermits();
        Duration length =
                Collections.min(List.of(Duration.ofNanos((long) (worked * REST * taken / places)), LONGEST_REST, most));
        if (length.isZero()) {
            return length;
        }
        try {
            pause.of(length);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt(); // the work goes on and ends as it would without a rest
        }
        return length;
    }

    private synchronized Collection<VoName> sweeping() {
        Set<VoName> vos = new HashSet<>(waiting.keySet());
        vos.addAll(present.keySet());
        return vos;
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
            leave(waiting, vo);
        }
    }

    private synchronized void queueUp(VoName vo) {
        if (waiting(vo) >= WAITING_OF_A_VO) {
            throw tooMany(" for the VO " + vo);
        }
        if (waiting.values().stream().mapToInt(Integer::intValue).sum() >= WAITING) {
            throw tooMany("");
        }
        come(waiting, vo);
    }

    private synchronized void come(Map<VoName, Integer> where, VoName vo) {
        where.merge(vo, 1, Integer::sum);
    }

    private synchronized void leave(Map<VoName, Integer> where, VoName vo) {
        where.computeIfPresent(vo, (name, now) -> now == 1 ? null : now - 1);
    }

    private static TooManySubmissions tooMany(String whose) {
        return new TooManySubmissions(
                "Too many submissions of " + LARGE + " jobs and more are under way" + whose
                        + "; submit this one again in a few seconds",
                LATER);
    }

    /** Lets time go by. */
    @FunctionalInterface
    interface Pause {
        void of(Duration length) throws InterruptedException;
    }
}
