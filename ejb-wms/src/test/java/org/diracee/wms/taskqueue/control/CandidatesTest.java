/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.taskqueue.boundary.OpenQueue;
import org.diracee.wms.taskqueue.boundary.QueueDefinition;
import org.diracee.wms.taskqueue.boundary.ResourceDescription;
import org.diracee.wms.taskqueue.boundary.WantedWork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CandidatesTest {

    private static final int DRAWS = 20_000;

    /** Heavy queues that do not fit make the other way of drawing necessary. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 1_000_000})
    void aQueueIsDrawnAsOftenAsItsPrioritySays(double weightOfOthers) {
        Map<Long, Optional<OpenQueue>> queues = new HashMap<>();
        queues.put(1L, queue(1, 10, 1));
        queues.put(2L, queue(2, 10, 3));
        queues.put(3L, queue(3, 10, 6));
        queues.put(4L, queue(4, 1_000, weightOfOthers));
        OpenQueues open = OpenQueues.NONE.with(queues);
        ResourceOffer offer = ResourceOffer.of(new ResourceDescription(
                new SiteName("s"),
                Optional.empty(),
                100,
                Optional.empty(),
                List.of(),
                List.of(),
                1,
                0,
                false,
                List.of(),
                WantedWork.ANY));
        Random random = new Random(7);
        int[] first = new int[5];
        int[] firstOfAll = new int[5];
        int secondAfterThree = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            Candidates candidates = open.fitting(offer);
            int one = (int) candidates.draw(random).orElseThrow().id();
            first[one]++;
            if (one == 3 && candidates.draw(random).orElseThrow().id() == 2) {
                secondAfterThree++;
            }
            firstOfAll[(int) open.fitting(offer).drawn(3, random).get(0).id()]++;
        }

        assertThat(first[4] + firstOfAll[4]).isZero();
        for (int[] drawn : List.of(first, firstOfAll)) {
            assertThat(drawn[1] / (double) DRAWS).isCloseTo(0.1, within(0.01));
            assertThat(drawn[2] / (double) DRAWS).isCloseTo(0.3, within(0.01));
            assertThat(drawn[3] / (double) DRAWS).isCloseTo(0.6, within(0.01));
        }
        assertThat(secondAfterThree / (double) first[3]).isCloseTo(0.75, within(0.02));
    }

    private static Optional<OpenQueue> queue(long id, long cpuTime, double priority) {
        return Optional.of(new OpenQueue(
                id,
                new QueueDefinition(
                        "d" + id,
                        new VoName("vo"),
                        new UserName("u"),
                        new GroupName("g"),
                        cpuTime,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of()),
                priority));
    }
}
