/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.diracee.kernel.value.JobId;
import org.diracee.pilot.control.MatchedJob;
import org.diracee.pilot.control.Stop;
import org.diracee.pilot.wrapper.JobOutcome;
import org.diracee.pilot.wrapper.JobShare;
import org.diracee.pilot.wrapper.StopCause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RunningJobsTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final RunningJobs running = new RunningJobs(new Room(4, 0, false, true));
    private final Map<Integer, CountDownLatch> ends =
            Map.of(1, new CountDownLatch(1), 2, new CountDownLatch(1), 3, new CountDownLatch(1));
    private final Map<Integer, Stop<StopCause>> stops = new ConcurrentHashMap<>();

    private static MatchedJob attempt(int number) {
        return new MatchedJob(
                new JobId(7), number, "[Executable=\"x\"]", "alice", "demo_user", "demo", "t", Duration.ofHours(1));
    }

    /** A job runs until it is told to end. */
    private JobOutcome run(MatchedJob job, JobShare share, Stop<StopCause> stop) {
        stops.put(job.attempt(), stop);
        try {
            ends.getOrDefault(job.attempt(), new CountDownLatch(1)).await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return new JobOutcome.Done();
    }

    private void end(int attempt) {
        ends.getOrDefault(attempt, new CountDownLatch(1)).countDown();
    }

    @Test
    void keepTheSecondAttemptOfAJobWhoseFirstEnds() {
        running.start(List.of(attempt(1)), this::run);
        running.start(List.of(attempt(2)), this::run);
        int seen = running.ends();

        end(1);
        running.await(seen, LONG);

        assertThat(running.isEmpty()).isFalse();
        assertThat(running.<Integer>look(Room::processors)).isEqualTo(3);
        running.slotTaken("over");
        end(2);
        running.awaitAll();
        assertThat(stops.get(1)).matches(stop -> !stop.isRequested());
        assertThat(stops.get(2)).matches(Stop::isRequested);
    }

    @Test
    void giveBackWhatTwoHadThatEndAtOnce() {
        running.start(List.of(attempt(1), attempt(2), attempt(3)), this::run);
        assertThat(running.<Integer>look(Room::processors)).isEqualTo(1);

        end(1);
        end(2);
        running.await(0, LONG);
        running.await(1, LONG);

        assertThat(running.ends()).isEqualTo(2);
        assertThat(running.<Integer>look(Room::processors)).isEqualTo(3);
        end(3);
        running.awaitAll();
        assertThat(running.isEmpty()).isTrue();
    }
}
