/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.agent;

import static org.assertj.core.api.Assertions.assertThat;

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
        return room.take(JobNeeds.of("[Executable=\"x\"; " + attributes + "]"));
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

        assertThat(unbounded.take(JobNeeds.of("[]")).share().memoryBytes()).isEmpty();
        assertThat(unbounded.processors()).isZero();
    }

    @Test
    void isForOneJobWhereProcessorsWereOnlyDetected() {
        Room detected = new Room(8, 16_000, true, false);
        assertThat(detected.processors()).isEqualTo(8);
        assertThat(detected.jobs()).isEqualTo(1);

        Room.Taken job = detected.take(JobNeeds.of("[Executable=\"x\"]"));

        assertThat(detected.processors()).isZero();
        assertThat(job.share().memoryBytes()).isEqualTo(OptionalLong.of(16_000 * MEGABYTE));
    }
}
