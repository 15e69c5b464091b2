/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CoalescingTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<List<Integer>> batches = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void whatComesWhileABatchIsAtWorkIsServedTogether() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        Coalescing<Integer, Integer> coalescing = new Coalescing<>(1, 100, request -> 1, requests -> {
            batches.add(requests);
            if (requests.contains(0)) {
                await(first);
            }
            return requests.stream().map(request -> request * 10).toList();
        });
        List<Future<Integer>> answers = new ArrayList<>();
        answers.add(threads.submit(() -> coalescing.answer(0)));
        Awaitility.await().until(() -> batches.size() == 1);
        for (int request = 1; request <= 5; request++) {
            int number = request;
            answers.add(threads.submit(() -> coalescing.answer(number)));
        }
        Awaitility.await().until(() -> coalescing.waiting() == 5);
        first.countDown();

        for (int request = 0; request <= 5; request++) {
            assertThat(answers.get(request).get()).isEqualTo(request * 10);
        }
        assertThat(batches).hasSize(2);
        assertThat(batches.get(1)).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
    }

    @Test
    void aRequestThatSpoilsItsBatchFailsAlone() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        Coalescing<Integer, Integer> coalescing = new Coalescing<>(1, 100, request -> 1, requests -> {
            batches.add(requests);
            if (requests.contains(0)) {
                await(first);
            }
            if (requests.contains(13)) {
                throw new IllegalStateException("13");
            }
            return requests;
        });
        Future<Integer> slow = threads.submit(() -> coalescing.answer(0));
        Awaitility.await().until(() -> batches.size() == 1);
        Future<Integer> good = threads.submit(() -> coalescing.answer(7));
        Future<Integer> bad = threads.submit(() -> coalescing.answer(13));
        Awaitility.await().until(() -> coalescing.waiting() == 2);
        first.countDown();

        assertThat(slow.get()).isZero();
        assertThat(good.get()).isEqualTo(7);
        assertThatThrownBy(bad::get).hasRootCauseMessage("13");
    }

    @Test
    void aHeavyRequestIsServedThoughItExceedsWhatABatchMayWeigh() {
        Coalescing<Integer, Integer> coalescing = new Coalescing<>(2, 10, request -> request, requests -> requests);

        assertThat(coalescing.answer(1_000)).isEqualTo(1_000);
    }

    @Test
    void everyOfManyRequestsGetsItsOwnAnswer() throws Exception {
        AtomicInteger atWork = new AtomicInteger();
        AtomicInteger mostAtWork = new AtomicInteger();
        Coalescing<Integer, Integer> coalescing = new Coalescing<>(2, 8, request -> 1, requests -> {
            mostAtWork.accumulateAndGet(atWork.incrementAndGet(), Math::max);
            assertThat(requests).hasSizeLessThanOrEqualTo(8);
            Thread.yield();
            atWork.decrementAndGet();
            return requests.stream().map(request -> -request).toList();
        });
        List<Future<Boolean>> threadsOfRequests = new ArrayList<>();
        for (int thread = 0; thread < 32; thread++) {
            int number = thread;
            threadsOfRequests.add(threads.submit(() -> {
                for (int call = 0; call < 500; call++) {
                    int request = number * 1_000 + call;
                    assertThat(coalescing.answer(request)).isEqualTo(-request);
                }
                return true;
            }));
        }

        for (Future<Boolean> done : threadsOfRequests) {
            assertThat(done.get()).isTrue();
        }
        assertThat(mostAtWork.get()).isLessThanOrEqualTo(2);
        assertThat(coalescing.waiting()).isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
