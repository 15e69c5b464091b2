/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SweepTurnsTest {

    private static final VoName LOUD = new VoName("loud");
    private static final VoName QUIET = new VoName("quiet");

    private final SweepTurns turns = new SweepTurns(1);
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
