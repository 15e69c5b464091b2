/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.data.Percentage;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.junit.jupiter.api.Test;

/** A day of hand-outs: pilots ask all the time, users submit every minute, priorities are computed every two minutes. */
class FairnessTest {

    private static final Instant MORNING = Instant.parse("2026-11-26T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int PILOTS_A_MINUTE = 100;
    private static final GroupName PRODUCTION = new GroupName("production");
    private static final GroupName ANALYSIS = new GroupName("analysis");
    private static final GroupName STUDENTS = new GroupName("students");
    private static final Percentage TWO_PERCENT = Percentage.withPercentage(2);

    private final Random random = new Random(20_261_126);
    private final List<Waiting> queues = new ArrayList<>();
    private final Map<GroupName, EntitledGroup> groups = new HashMap<>();

    /** A queue into which its owner submits until so many wait. */
    private static final class Waiting {
        final long id;
        final UserName owner;
        final GroupName group;
        final int userPriority;
        final int full;
        int jobs;
        int handedOut;

        Waiting(long id, String owner, GroupName group, int userPriority, int full) {
            this.id = id;
            this.owner = new UserName(owner);
            this.group = group;
            this.userPriority = userPriority;
            this.full = full;
        }

        SharedQueue shared() {
            return new SharedQueue(
                    id,
                    owner,
                    group,
                    List.of(id),
                    Set.of(),
                    Set.of(),
                    RealPriority.average(Map.of((long) userPriority, 1L)));
        }
    }

    private void waits(String owner, GroupName group, int userPriority, int jobs) {
        queues.add(new Waiting(queues.size(), owner, group, userPriority, jobs));
    }

    private void passDay() {
        Map<Long, Double> priorities = Map.of();
        for (Instant now = MORNING; now.isBefore(MORNING.plus(DAY)); now = now.plus(MINUTE)) {
            queues.forEach(queue -> queue.jobs = queue.full);
            if (Duration.between(MORNING, now).toMinutes() % 2 == 0) {
                priorities = VoShares.of(groups, VoShares.Corrections.NONE)
                        .priorities(queues.stream().map(Waiting::shared).toList());
            }
            for (int pilot = 0; pilot < PILOTS_A_MINUTE; pilot++) {
                handOut(priorities);
            }
        }
    }

    /** As the matcher draws: by the weight of the queues that have jobs. */
    private void handOut(Map<Long, Double> priorities) {
        double sum = 0;
        for (Waiting queue : queues) {
            sum += queue.jobs > 0 ? priorities.getOrDefault(queue.id, 0.0) : 0;
        }
        double drawn = random.nextDouble() * sum;
        for (Waiting queue : queues) {
            if (queue.jobs > 0) {
                drawn -= priorities.getOrDefault(queue.id, 0.0);
                if (drawn <= 0) {
                    queue.jobs--;
                    queue.handedOut++;
                    return;
                }
            }
        }
    }

    private double part(GroupName group) {
        return part(queues.stream().filter(queue -> queue.group.equals(group)).toList());
    }

    private double part(List<Waiting> some) {
        double all = queues.stream().mapToInt(queue -> queue.handedOut).sum();
        return some.stream().mapToInt(queue -> queue.handedOut).sum() / all;
    }

    private double part(String owner) {
        return part(queues.stream()
                .filter(queue -> queue.owner.text().equals(owner))
                .toList());
    }

    @Test
    void givesEveryGroupItsEntitlementWhateverWaitsAndStarvesNobody() {
        waits("manager", PRODUCTION, 1, 500_000);
        waits("manager", PRODUCTION, 0, 100_000);
        for (String user : List.of("ann", "ben", "cleo", "dan")) {
            waits(user, ANALYSIS, 1, 200);
        }
        waits("ann", ANALYSIS, 3, 5_000);
        waits("ann", ANALYSIS, 9, 40_000);
        waits("eve", STUDENTS, 1, 60);
        waits("fay", STUDENTS, 2, 60);
        groups.put(PRODUCTION, new EntitledGroup(3000, true, false, owners(PRODUCTION)));
        groups.put(ANALYSIS, new EntitledGroup(2000, false, false, owners(ANALYSIS)));
        groups.put(STUDENTS, new EntitledGroup(1000, true, false, owners(STUDENTS)));

        passDay();

        assertThat(part(PRODUCTION)).isCloseTo(3 / 6.0, TWO_PERCENT);
        assertThat(part(ANALYSIS)).isCloseTo(2 / 6.0, TWO_PERCENT);
        assertThat(part(STUDENTS)).isCloseTo(1 / 6.0, TWO_PERCENT);
        // the four owners are equal, though one has most queues and jobs
        assertThat(part("ann")).isCloseTo(2 / 6.0 / 4, within(0.02 * 2 / 6));
        assertThat(part("dan")).isCloseTo(2 / 6.0 / 4, within(0.02 * 2 / 6));
        // a group that shares goes by the importance of jobs, whoever owns them
        assertThat(part("fay") / part("eve")).isCloseTo(2, within(0.1));
        assertThat(queues).allSatisfy(queue -> assertThat(queue.handedOut)
                .as("queue %s of %s", queue.id, queue.owner)
                .isPositive());
    }

    private Set<UserName> owners(GroupName group) {
        return queues.stream()
                .filter(queue -> queue.group.equals(group))
                .map(queue -> queue.owner)
                .collect(Collectors.toSet());
    }
}
