/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.sitedirector.CeQueues;
import org.diracee.wms.sitedirector.boundary.QueueDemand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubmissionPlanTest {

    private static final VoName LARGE = new VoName("large");
    private static final VoName SMALL = new VoName("small");

    @ParameterizedTest(name = "limits {0} in all, {1} waiting; {2} wait, {3} run: {4} free")
    @CsvSource({
        "4, 4, 0, 0, 4",
        "4, 2, 0, 0, 2",
        "4, 2, 1, 0, 1",
        "4, 2, 2, 0, 0",
        "4, 2, 0, 3, 1",
        "4, 2, 1, 3, 0",
        "4, 2, 3, 3, 0",
        "0, 4, 0, 0, 0",
        "4, 0, 0, 0, 0",
    })
    void leavesWhatBothLimitsLeave(int maxTotal, int maxWaiting, int waiting, int running, int free) {
        CeQueue queue = CeQueues.queue("ce", "Fake", maxTotal, maxWaiting, Map.of());
        assertThat(SubmissionPlan.free(queue, new Occupancy(waiting, running))).isEqualTo(free);
    }

    @ParameterizedTest(name = "{0} jobs; pilots: {1} wait, {2} expect a job, {3} run: {4} wanted")
    @CsvSource({
        "0, 0, 0, 0, 0",
        "5, 0, 0, 0, 5",
        "5, 2, 0, 0, 3",
        "5, 2, 2, 0, 1",
        "5, 3, 2, 0, 0",
        "5, 9, 0, 0, 0",
        "5, 0, 0, 7, 5",
    })
    void wantsAPilotPerJobThatNoPilotIsComingFor(int jobs, int waiting, int expectant, int running, int wanted) {
        assertThat(new QueueDemand.OfVo(jobs, waiting, expectant, running).wanted())
                .isEqualTo(wanted);
    }

    @ParameterizedTest(name = "{0} for the large VO, {1} for the small one, {2} places: {3} and {4}")
    @CsvSource({
        "100, 1, 4, 3, 1",
        "100, 3, 4, 2, 2",
        "1, 100, 4, 1, 3",
        "2, 1, 4, 2, 1",
        "5, 5, 0, 0, 0",
        "5, 5, 1, 1, 0",
        "0, 3, 4, 0, 3",
    })
    void dealsInTurn(int large, int small, int places, int forLarge, int forSmall) {
        Map<VoName, Integer> wanted = new LinkedHashMap<>();
        wanted.put(LARGE, large);
        wanted.put(SMALL, small);
        Map<VoName, Integer> dealt = SubmissionPlan.deal(wanted, places);
        assertThat(dealt.getOrDefault(LARGE, 0)).isEqualTo(forLarge);
        assertThat(dealt.getOrDefault(SMALL, 0)).isEqualTo(forSmall);
    }

    @Test
    void dealsNothingToNobody() {
        assertThat(SubmissionPlan.deal(Map.of(), 10)).isEmpty();
    }
}
