/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.pilot.boundary.PilotStatus;
import org.diracee.wms.sitedirector.CeQueues;
import org.diracee.wms.sitedirector.control.CeQueue;
import org.diracee.wms.sitedirector.control.WrongPilotPlan;
import org.junit.jupiter.api.Test;

class PilotFactoriesTest {

    private static final VoName A = new VoName("a");
    private static final VoName B = new VoName("b");

    private final PilotFactories factories =
            new PilotFactories(List.of(new FairPilots(), new ReservedPilots(), answering(Map.of(A, 3, B, 3))));

    private static PilotFactory answering(Map<VoName, Integer> plan) {
        return new PilotFactory() {
            @Override
            public String name() {
                return "Given";
            }

            @Override
            public Map<VoName, Integer> plan(QueueDemand demand) {
                if (demand.most() == 1) {
                    throw new IllegalStateException("no plan for one");
                }
                return plan;
            }
        };
    }

    private static QueueDemand demand(int most) {
        return demand(most, "0");
    }

    private static QueueDemand demand(int most, String least) {
        CeQueue queue = CeQueues.local(Map.of("ReservedFor", "b", "LeastEfficiency", least));
        Map<VoName, QueueDemand.OfVo> vos = new LinkedHashMap<>();
        vos.put(A, new QueueDemand.OfVo(4, 1, 0, 0));
        vos.put(B, new QueueDemand.OfVo(3, 0, 0, 2));
        QueueHistory history = new QueueHistory(
                List.of(),
                List.of(
                        new EndedPilots(B, PilotStatus.DONE, 1, 0),
                        new EndedPilots(B, PilotStatus.ABORTED, 1, 1),
                        new EndedPilots(A, PilotStatus.ABORTED, 9, 9)));
        return new QueueDemand(
                queue.slot(), ComputingResources.description(queue), queue.options(), most, vos, history);
    }

    @Test
    void eachPlansInItsWay() {
        assertThat(factories.plan("Fair", demand(4))).isEqualTo(Map.of(A, 2, B, 2));
        assertThat(factories.plan("Reserved", demand(4))).isEqualTo(Map.of(B, 3, A, 1));
        assertThat(factories.plan("Reserved", demand(4, "50"))).isEqualTo(Map.of(B, 3));
        assertThat(factories.plan("Given", demand(6))).isEqualTo(Map.of(A, 3, B, 3));
    }

    @Test
    void isHeldToWhatMayBeSent() {
        assertThatThrownBy(() -> factories.plan("Given", demand(5)))
                .isInstanceOf(WrongPilotPlan.class)
                .hasMessageContaining("6 pilots: allowed are 5");
        assertThatThrownBy(() -> factories.plan("Given", demand(1)))
                .isInstanceOf(WrongPilotPlan.class)
                .hasMessageContaining("no plan for one");
        assertThatThrownBy(() -> factories.plan("Absent", demand(5))).hasMessageContaining("Fair, Given, Reserved");
        assertThat(factories.plan("Given", demand(0))).isEmpty();
    }
}
