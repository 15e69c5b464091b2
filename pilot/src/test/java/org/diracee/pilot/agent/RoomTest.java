/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.diracee.pilot.wrapper.JobNeeds;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoomTest {

    private static final long MEGABYTE = 1024 * 1024;

    private final Room room = new Room(8, 16_000, true, true);

    private Room.Taken take(String attributes) {
        return take(room, attributes);
    }

    private static Room.Taken take(Room room, String attributes) {
        return room.take(List.of(needs(attributes))).get(0);
    }

    private static JobNeeds needs(String attributes) {
        return JobNeeds.of("[Executable=\"x\"; " + attributes + "]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                                   | 1",
                "NumberOfProcessors=4;                              | 4",
                "MinNumberOfProcessors=2; MaxNumberOfProcessors=4;  | 4",
                "MinNumberOfProcessors=2; MaxNumberOfProcessors=64; | 8",
                "MinNumberOfProcessors=2;                           | 2",
                "WholeNode=true;                                    | 8",
            })
    void givesAJobTheProcessorsThatItCanUse(@Nullable String attributes, int expected) {
        assertThat(take(attributes == null ? "" : attributes).share().processors())
                .isEqualTo(expected);
        assertThat(room.processors()).isEqualTo(8 - expected);
    }

    @Test
    void givesARangeWhatIsFree() {
        take("NumberOfProcessors=5;");

        assertThat(take("MinNumberOfProcessors=2; MaxNumberOfProcessors=8;")
                        .share()
                        .processors())
                .isEqualTo(3);
    }

    @Test
    void dividesWhatIsFreeAmongTheRangesOfAnAnswer() {
        List<Room.Taken> jobs = room.take(List.of(
                needs("MinNumberOfProcessors=2; MaxNumberOfProcessors=8;"),
                needs(""),
                needs("MinNumberOfProcessors=1; MaxNumberOfProcessors=2;")));

        assertThat(jobs.stream().map(job -> job.share().processors())).containsExactly(5, 1, 2);
    }

    @Test
    void takesOneJobOfAnAnswerWhereMemoryIsBounded() {
        assertThat(room.jobs()).isEqualTo(1);
        assertThat(new Room(8, 16_000, false, true).jobs()).isEqualTo(8);
    }

    @Test
    void reservesAGigabyteAsTheServerCountsIt() {
        take("MaxRAM=4;");

        assertThat(room.megabytes()).isEqualTo(12_000);
    }

    @ParameterizedTest
    @CsvSource({"4Processors,true", "5Processors,false", "8GB,true", "9GB,false", "Demo,true", "99999999999GB,true"})
    void hasNoTagOfMoreThanIsLeft(String tag, boolean has) {
        assertThat(room.has("16Processors")).isTrue();

        take("NumberOfProcessors=4;");

        assertThat(room.has(tag)).isEqualTo(has);
    }

    @Test
    void dividesMemoryByProcessorsAmongJobsThatAskForNone() {
        Room.Taken job = take("NumberOfProcessors=2;");

        assertThat(job.share().memoryBytes()).isEqualTo(OptionalLong.of(4000 * MEGABYTE));
        assertThat(room.megabytes()).isEqualTo(12_000);
    }

    @Test
    void offersNoProcessorWithoutItsPartOfTheMemory() {
        take("Memory=13000;");

        assertThat(room.processors()).isEqualTo(1);
        assertThat(room.megabytes()).isEqualTo(3000);
    }

    @Test
    void isAsBeforeWhenAJobHasEnded() {
        Room.Taken one = take("Tags={\"GPU\"};");
        Room.Taken other = take("Tags={\"GPU\"};");
        assertThat(room.hasGpu()).isFalse();

        room.giveBack(one);

        assertThat(room.processors()).isEqualTo(7);
        room.giveBack(other);
        assertThat(room.processors()).isEqualTo(8);
        assertThat(room.hasGpu()).isTrue();
        assertThat(room.isEmpty()).isTrue();
    }

    @Test
    void boundsNoMemoryUnlessTheSlotDoes() {
        Room unbounded = new Room(1, 0, false, true);

        assertThat(take(unbounded, "").share().memoryBytes()).isEmpty();
        assertThat(unbounded.processors()).isZero();
    }

    @Test
    void isForOneJobWhereProcessorsWereOnlyDetected() {
        Room detected = new Room(8, 16_000, true, false);
        assertThat(detected.processors()).isEqualTo(8);
        assertThat(detected.jobs()).isEqualTo(1);

        Room.Taken job = take(detected, "");

        assertThat(detected.processors()).isZero();
        assertThat(job.share().memoryBytes()).isEqualTo(OptionalLong.of(16_000 * MEGABYTE));
    }
}
