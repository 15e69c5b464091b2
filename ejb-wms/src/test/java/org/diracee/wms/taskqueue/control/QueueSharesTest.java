/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Offset;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueSharesTest {

    private static final GroupName GROUP = new GroupName("users");
    private static final UserName ALICE = new UserName("alice");
    private static final Offset<Double> EXACTLY = within(1e-9);

    private static SharedQueue queue(long id, double average) {
        return new SharedQueue(id, ALICE, GROUP, List.of(id), Set.of(), Set.of(), average);
    }

    private static SharedQueue twin(long id, double average, Set<String> sites, Set<String> banned) {
        return new SharedQueue(id, ALICE, GROUP, List.of("the same"), sites, banned, average);
    }

    private static Map<Long, Double> priorities(double share, SharedQueue... queues) {
        return QueueShares.priorities(share, false, List.of(queues));
    }

    @ParameterizedTest
    @CsvSource({"-5, 0.00001", "0, 0.00001", "1, 1", "9, 9", "10, 1000000", "11, 1000000"})
    void takesTheExtremesOfUsersPrioritiesForMoreThanTheirNumber(long userPriority, double real) {
        assertThat(RealPriority.of(userPriority)).isEqualTo(real);
    }

    @Test
    void averagesThePrioritiesOfJobs() {
        assertThat(RealPriority.average(Map.of(1L, 30L, 5L, 10L))).isCloseTo(2, EXACTLY);
        assertThat(RealPriority.average(Map.of(3L, 1L))).isCloseTo(3, EXACTLY);
    }

    @Test
    void dividesAShareByTheAveragePriorities() {
        assertThat(priorities(1000, queue(1, 1), queue(2, 3)))
                .hasEntrySatisfying(1L, priority -> assertThat(priority).isCloseTo(250, EXACTLY))
                .hasEntrySatisfying(2L, priority -> assertThat(priority).isCloseTo(750, EXACTLY));
    }

    @Test
    void givesAQueueOfTheLeastImportantJobsTheWholeShareIfThereIsNoOther() {
        assertThat(priorities(1000, queue(1, 1e-5)).get(1L)).isCloseTo(1000, EXACTLY);
    }

    @Test
    void starvesNoQueueThoughItsOwnerPrefersAnother() {
        // a thousandth of the share is for such queues: half of it for one of two
        assertThat(priorities(1000, queue(1, 1e-5), queue(2, 1e6)).get(1L)).isCloseTo(0.5, EXACTLY);
    }

    @Test
    void givesNoQueueLessThanTheLeast() {
        assertThat(priorities(0, queue(1, 1), queue(2, 1)).values()).containsOnly(0.001);
    }

    @Test
    void leavesQueuesOfTheLeastImportantJobsToTheBackgroundOnlyWhereTheGroupAllowsIt() {
        List<SharedQueue> queues = List.of(queue(1, 0.1), queue(2, 0.4));
        assertThat(QueueShares.priorities(1000, true, queues)).isEqualTo(Map.of(1L, 0.001, 2L, 1000.0));
        assertThat(QueueShares.priorities(1000, false, queues).get(1L)).isCloseTo(200, EXACTLY);
        assertThat(QueueShares.priorities(1000, true, List.of(queue(1, 0.1)))).isEqualTo(Map.of(1L, 0.001));
    }

    /** Queues that differ in their sites only. */
    @Nested
    class Twins {

        @Test
        void haveTheShareOfAllWhereNoneOfTheOthersFits() {
            assertThat(priorities(
                            1200, twin(1, 1, Set.of("A"), Set.of()), twin(2, 1, Set.of("B"), Set.of()), queue(3, 1)))
                    .isEqualTo(Map.of(1L, 800.0, 2L, 800.0, 3L, 400.0));
        }

        @Test
        void haveTheShareTogetherWhereSeveralFit() {
            Map<Long, Double> priorities = priorities(
                    900,
                    twin(1, 1, Set.of("A", "B"), Set.of()),
                    twin(2, 1, Set.of("B", "C"), Set.of()),
                    twin(3, 1, Set.of(), Set.of("B")));
            // at B the first two fit, at A the first and third, at C the second and third, elsewhere the third alone
            assertThat(priorities).isEqualTo(Map.of(1L, 450.0, 2L, 450.0, 3L, 450.0));
        }

        @Test
        void neverHaveMoreTogetherThanTheShareHoweverManyFit() {
            SharedQueue[] queues = DoubleStream.iterate(1, id -> id + 1)
                    .limit(100)
                    .mapToObj(id -> twin((long) id, 1, Set.of("A", "S" + id), Set.of()))
                    .toArray(SharedQueue[]::new);
            assertThat(priorities(1000, queues).values().stream()
                            .mapToDouble(Double::doubleValue)
                            .sum())
                    .isCloseTo(1000, within(1e-6));
        }

        @Test
        void keepTheirProportion() {
            assertThat(priorities(1000, twin(1, 1, Set.of("A"), Set.of()), twin(2, 4, Set.of("A", "B"), Set.of())))
                    .isEqualTo(Map.of(1L, 200.0, 2L, 800.0));
        }
    }
}
