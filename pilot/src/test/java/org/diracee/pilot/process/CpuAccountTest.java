/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The pilot is process 10, its payload's first one 20. */
class CpuAccountTest {

    private static final long PILOT = 10;
    private static final long INIT = 1;

    private final CpuAccount account = new CpuAccount(process(PILOT, INIT, 99, 7));

    private long look(long endedChildrenOfPilot, ProcessStat... members) {
        return account.look(process(PILOT, INIT, 99, 7 + endedChildrenOfPilot), List.of(members))
                .toSeconds();
    }

    private static ProcessStat process(long pid, long parent, long own, long children) {
        return process(pid, parent, own, children, pid);
    }

    private static ProcessStat process(long pid, long parent, long own, long children, long start) {
        return new ProcessStat(
                pid, 'R', parent, 20, 20, Duration.ofSeconds(own), Duration.ofSeconds(children), start, 0);
    }

    @Test
    void countsLivingProcessesAndTheChildrenTheyWaitedFor() {
        assertThat(look(0, process(20, PILOT, 1, 40), process(21, 20, 3, 0))).isEqualTo(44);
    }

    @Test
    void countsAChildOnceWhoseParentWaitedForIt() {
        look(0, process(20, PILOT, 1, 0), process(21, 20, 30, 0));

        assertThat(look(0, process(20, PILOT, 1, 31))).isEqualTo(32);
    }

    @Test
    void keepsWhatAChildUsedThatNobodyWaitedFor() {
        look(0, process(20, PILOT, 1, 0), process(21, 20, 30, 0));

        assertThat(look(0, process(20, PILOT, 2, 0))).isEqualTo(32);
        assertThat(look(0, process(20, PILOT, 3, 0))).isEqualTo(33);
    }

    @Test
    void keepsWhatADaemonUsed() {
        look(0, process(20, PILOT, 1, 0), process(21, INIT, 30, 0));

        assertThat(look(0, process(20, PILOT, 2, 0), process(22, INIT, 5, 0))).isEqualTo(37);
        assertThat(look(2)).isEqualTo(37);
    }

    @Test
    void countsAWholeBranchOnceThatEndedBetweenTwoLooks() {
        look(0, process(20, PILOT, 1, 0), process(21, 20, 2, 0), process(22, 21, 30, 0));

        assertThat(look(0, process(20, PILOT, 1, 33))).isEqualTo(34);
    }

    @Test
    void missesAChildForALookAtMostThatEndedWhileItWasLookedFor() {
        look(0, process(20, PILOT, 1, 0), process(21, 20, 30, 0));
        // the parent was read, then waited for its child, then the child was not there any more
        assertThat(look(0, process(20, PILOT, 1, 0))).isEqualTo(31);

        assertThat(look(0, process(20, PILOT, 1, 30))).isEqualTo(31);
    }

    @Test
    void goesOnFromThePilotsOwnCountWhenTheFirstProcessHasEnded() {
        look(0, process(20, PILOT, 10, 5));

        assertThat(look(16)).isEqualTo(16);
    }

    @Test
    void takesNoStrangerForAProcessWhoseNumberItGot() {
        look(0, process(20, PILOT, 1, 0), process(21, INIT, 30, 0));

        assertThat(look(0, process(20, PILOT, 1, 0), process(21, 20, 2, 0, 4711)))
                .isEqualTo(33);
    }
}
