/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.diracee.framework.limit.boundary.RecentCallers;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SweepTurnsTest {

    private static final VoName LOUD = new VoName("loud");
    private static final VoName QUIET = new VoName("quiet");

    /** How long a slice takes here. */
    private static final Duration WORK = Duration.ofMillis(4);

    private static final Duration REST = Duration.ofMillis(6);

    private final AtomicLong now = new AtomicLong();
    private final List<Duration> rests = new CopyOnWriteArrayList<>();
    private final RecentCallers recent = new RecentCallers(now::get);
    private final SweepTurns turns = turns(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch open = new CountDownLatch(1);
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @AfterEach
    void end() {
        open.countDown();
        threads.shutdown();
    }

    @Test
    void largeSubmissionsComeOneAfterTheOtherAndSmallOnesAtOnce() throws Exception {
        List<CompletableFuture<Integer>> sweeps = new ArrayList<>();
        for (int sweep = 0; sweep < 4; sweep++) {
            sweeps.add(submitted(LOUD));
        }
        await().until(() -> turns.waiting(LOUD) == 3);

        assertThat(turns.inTurn(QUIET, SweepTurns.LARGE - 1, () -> "at once")).isEqualTo("at once");
        open.countDown();
        for (CompletableFuture<Integer> sweep : sweeps) {
            assertThat(sweep.get(1, TimeUnit.MINUTES)).isEqualTo(SweepTurns.LARGE);
        }
        assertThat(most).hasValue(1);
        assertThat(turns.waiting(LOUD)).isZero();
    }

    @Test
    void aVoThatHasTooManyWaitingIsSentAwayAndAnotherIsNot() throws Exception {
        List<CompletableFuture<Integer>> sweeps = new ArrayList<>();
        for (int sweep = 0; sweep <= SweepTurns.WAITING_OF_A_VO; sweep++) {
            sweeps.add(submitted(LOUD));
        }
        await().until(() -> turns.waiting(LOUD) == SweepTurns.WAITING_OF_A_VO);

        assertThatThrownBy(() -> turns.inTurn(LOUD, SweepTurns.LARGE, () -> "never"))
                .isInstanceOf(TooManySubmissions.class)
                .hasMessageContaining("for the VO loud");
        CompletableFuture<Integer> other = submitted(QUIET);
        await().until(() -> turns.waiting(QUIET) == 1);
        open.countDown();
        assertThat(other.get(1, TimeUnit.MINUTES)).isEqualTo(SweepTurns.LARGE);
        assertThat(sweeps)
                .allSatisfy(sweep -> assertThat(sweep.get(1, TimeUnit.MINUTES)).isEqualTo(SweepTurns.LARGE));
    }

    @Test
    void soManyWaitThatConnectionsAreLeftForOthers() throws Exception {
        List<CompletableFuture<Integer>> sweeps = new ArrayList<>();
        sweeps.add(submitted(LOUD));
        await().until(() -> atOnce.get() == 1);
        for (int sweep = 0; sweep < SweepTurns.WAITING_OF_A_VO; sweep++) {
            sweeps.add(submitted(LOUD));
            sweeps.add(submitted(QUIET));
        }
        await().until(() -> turns.waiting(LOUD) + turns.waiting(QUIET) == SweepTurns.WAITING);

        assertThatThrownBy(() -> turns.inTurn(new VoName("third"), SweepTurns.LARGE, () -> "never"))
                .isInstanceOf(TooManySubmissions.class)
                .hasMessageNotContaining("VO");
        open.countDown();
        for (CompletableFuture<Integer> sweep : sweeps) {
            assertThat(sweep.get(1, TimeUnit.MINUTES)).isEqualTo(SweepTurns.LARGE);
        }
        assertThat(turns.waiting(LOUD) + turns.waiting(QUIET)).isZero();
    }

    @Test
    void workThatFailsGivesItsTurnBack() {
        assertThatThrownBy(() -> turns.inTurn(LOUD, SweepTurns.LARGE, () -> {
                    throw new IllegalStateException("the database is away");
                }))
                .hasMessage("the database is away");

        assertThat(turns.inTurn(LOUD, SweepTurns.LARGE, () -> "next")).isEqualTo("next");
    }

    @Test
    void aSweepRestsBetweenSmallSlicesWhileAnotherVoCalls() {
        recent.called(LOUD);
        recent.called(QUIET);

        List<Integer> slices = sweep(turns, LOUD, 4 * SweepTurns.SLICE + 1);

        assertThat(slices).containsExactly(SweepTurns.SLICE, SweepTurns.SLICE, SweepTurns.SLICE, SweepTurns.SLICE, 1);
        assertThat(rests).containsExactly(REST, REST, REST, REST);
    }

    @Test
    void itRestsNoMoreWhenTheOtherHasNotCalledForASecond() {
        recent.called(QUIET);
        now.addAndGet(Duration.ofSeconds(1).minus(WORK).toNanos());

        List<Integer> slices = sweep(turns, LOUD, SweepTurns.LARGE);

        assertThat(slices).containsExactly(SweepTurns.SLICE, SweepTurns.LARGE - SweepTurns.SLICE);
        assertThat(rests).hasSize(1);
    }

    @Test
    void aSweepAloneDoesNotRest() {
        recent.called(LOUD);

        List<Integer> slices = sweep(turns, LOUD, SweepTurns.LARGE + 1);

        assertThat(slices).containsExactly(SweepTurns.LARGE, 1);
        assertThat(rests).isEmpty();
    }

    @Test
    void aSmallSubmissionDoesNotRest() {
        recent.called(QUIET);

        List<Integer> slices = sweep(turns, LOUD, SweepTurns.LARGE - 1);

        assertThat(slices).containsExactly(SweepTurns.LARGE - 1);
        assertThat(rests).isEmpty();
    }

    @Test
    void nobodyRestsForAVoThatSweepsItself() throws Exception {
        recent.called(QUIET);
        SweepTurns two = turns(2);
        CompletableFuture<Integer> other =
                CompletableFuture.supplyAsync(() -> two.inTurn(QUIET, SweepTurns.LARGE, this::work), threads);
        await().until(() -> atOnce.get() == 1);

        sweep(two, LOUD, SweepTurns.LARGE);

        assertThat(rests).isEmpty();
        open.countDown();
        other.get(1, TimeUnit.MINUTES);
    }

    @Test
    void itRestsLessIfFewOfTheTurnsAreTaken() {
        recent.called(QUIET);

        sweep(turns(4), LOUD, SweepTurns.LARGE);

        assertThat(rests).hasSize(3).containsOnly(REST.dividedBy(4));
    }

    @Test
    void aSlowDatabaseMakesNoEndlessRest() {
        recent.called(QUIET);

        turns.inTurn(LOUD, SweepTurns.LARGE, () -> {
            turns.inSlices(
                    items(SweepTurns.LARGE),
                    Duration.ZERO,
                    slice -> now.addAndGet(Duration.ofMillis(900).toNanos()));
            return "";
        });

        assertThat(rests).containsExactly(Duration.ofMillis(200));
    }

    @Test
    void allRestsOfASubmissionAreBounded() {
        recent.called(QUIET);

        turns.inTurn(LOUD, SweepTurns.LARGE, () -> {
            Duration rested = SweepTurns.MOST_REST.minusMillis(8);
            for (int part = 0; part < 2; part++) {
                rested = turns.inSlices(items(SweepTurns.LARGE), rested, slice -> now.addAndGet(WORK.toNanos()));
            }
            return assertThat(rested).isEqualTo(SweepTurns.MOST_REST);
        });

        assertThat(rests).containsExactly(REST, Duration.ofMillis(2));
    }

    private List<Integer> sweep(SweepTurns where, VoName vo, int jobs) {
        List<Integer> slices = new ArrayList<>();
        return where.inTurn(vo, SweepTurns.LARGE, () -> {
            where.inSlices(items(jobs), Duration.ZERO, slice -> {
                slices.add(slice.size());
                now.addAndGet(WORK.toNanos());
            });
            return slices;
        });
    }

    private SweepTurns turns(int places) {
        return new SweepTurns(places, recent, now::get, length -> {
            rests.add(length);
            now.addAndGet(length.toNanos());
        });
    }

    private static List<Integer> items(int number) {
        return Collections.nCopies(number, 0);
    }

    private CompletableFuture<Integer> submitted(VoName vo) {
        return CompletableFuture.supplyAsync(() -> turns.inTurn(vo, SweepTurns.LARGE, this::work), threads);
    }

    private int work() {
        most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        try {
            open.await();
            return SweepTurns.LARGE;
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        } finally {
            atOnce.decrementAndGet();
        }
    }
}
