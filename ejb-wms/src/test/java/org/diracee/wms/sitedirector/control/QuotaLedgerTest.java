/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.pilot.boundary.PilotSlot;
import org.junit.jupiter.api.Test;

class QuotaLedgerTest {

    private static final VoName VO = new VoName("demo");
    private static final PilotSlot HERE = new PilotSlot(new SiteName("A.b.c"), "ce", "short");
    private static final PilotSlot THERE = new PilotSlot(new SiteName("A.b.c"), "ce", "long");

    private final QuotaLedger ledger = new QuotaLedger();

    @Test
    void allQueuesTogetherGetWhatALimitLeaves() {
        Map<String, Integer> left = Map.of("the user alice", 5, "the VO demo", 7);
        assertThat(ledger.allowed(VO, left, HERE)).isEqualTo(5);
        ledger.send(VO, left.keySet(), HERE, 3);
        assertThat(ledger.allowed(VO, left, THERE)).isEqualTo(2);
        assertThat(ledger.allowed(VO, left, HERE)).isEqualTo(5);
        ledger.send(VO, List.of("the VO demo"), THERE, 4);
        assertThat(ledger.allowed(VO, left, HERE)).isEqualTo(3);
        assertThat(ledger.allowed(VO, Map.of(), HERE)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void aPilotThatHasComeIsNotOnItsWay() {
        Map<String, Integer> left = Map.of("the user alice", 5);
        ledger.send(VO, left.keySet(), HERE, 3);
        ledger.begin((slot, vo) -> 1);
        assertThat(ledger.allowed(VO, left, THERE)).isEqualTo(4);
        ledger.begin((slot, vo) -> 0);
        assertThat(ledger.allowed(VO, left, THERE)).isEqualTo(5);
    }
}
