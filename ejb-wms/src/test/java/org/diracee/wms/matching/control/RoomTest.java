/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.taskqueue.boundary.QueueDefinition;
import org.diracee.wms.taskqueue.boundary.ResourceDescription;
import org.diracee.wms.taskqueue.boundary.WantedWork;

class RoomTest {

    /** What a job asks for. */
    private record Job(int processors, boolean wholeNode, int gigabytes) {

        QueueDefinition queue() {
            List<String> tags = new ArrayList<>();
            if (processors > 1) {
                tags.addAll(List.of(processors + "Processors", "MultiProcessor"));
            }
            if (wholeNode) {
                tags.addAll(List.of("WholeNode", "MultiProcessor"));
            }
            if (gigabytes > 0) {
                tags.add(gigabytes + "GB");
            }
            tags.add("GPU");
            return new QueueDefinition(
                    "digest",
                    new VoName("vo"),
                    new UserName("alice"),
                    new GroupName("users"),
                    360,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    tags);
        }
    }

    private static Job job(Random random, int processors, int gigabytes) {
        return new Job(
                1 + random.nextInt(processors),
                random.nextInt(6) == 0,
                gigabytes == 0 ? 0 : random.nextInt(gigabytes + 1));
    }

    private static Room room(int processors, int megabytes) {
        return Room.of(new ResourceDescription(
                new SiteName("a"),
                Optional.empty(),
                360,
                Optional.empty(),
                List.of(),
                List.of(),
                processors,
                megabytes,
                true,
                List.of(),
                WantedWork.ANY));
    }

    /** The reference: whether these run side by side. */
    private static boolean fit(List<Job> jobs, int processors, int gigabytes) {
        return jobs.size() <= 1
                || jobs.stream().noneMatch(Job::wholeNode)
                        && jobs.stream().mapToInt(Job::processors).sum() <= processors
                        && jobs.stream().mapToInt(Job::gigabytes).sum() <= gigabytes;
    }

    private static List<Job> with(List<Job> jobs, Job job, int copies) {
        return Stream.concat(jobs.stream(), Stream.generate(() -> job).limit(copies))
                .toList();
    }

    @Property(tries = 2_000)
    void hasRoomForAsManyJobsAsFitBesideThoseThatAreThere(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 64) int processors,
            @ForAll @IntRange(max = 40) int gigabytes) {
        Random random = new Random(seed);
        Room room = room(processors, gigabytes * 1000 + random.nextInt(1000));
        List<Job> there = new ArrayList<>();
        for (int round = 0; round < 12; round++) {
            Job job = job(random, processors, gigabytes);
            int most = 1 + random.nextInt(20);
            List<String> tooLarge = room.tooLarge();

            int taken = room.take(job.queue(), most);

            assertThat(fit(with(there, job, taken), processors, gigabytes)).isTrue();
            assertThat(taken == most || !fit(with(there, job, taken + 1), processors, gigabytes))
                    .isTrue();
            if (taken > 0) {
                assertThat(job.queue().tags()).noneMatch(tooLarge::contains);
            }
            int back = random.nextInt(taken + 1);
            room.giveBack(job.queue(), back);
            there = new ArrayList<>(with(there, job, taken - back));
        }
    }

    @Property(tries = 100)
    void hasRoomForAnyNumberIfTheResourceDoesNotSayHowManyProcessorsItHas(@ForAll long seed) {
        Room room = room(0, 2_000);
        Random random = new Random(seed);
        for (int round = 0; round < 5; round++) {
            assertThat(room.take(job(random, 64, 40).queue(), 1_000)).isEqualTo(1_000);
        }
        assertThat(room.tooLarge()).isEmpty();
        assertThat(room.most()).isEqualTo(Integer.MAX_VALUE);
    }
}
