/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.diracee.wms.sitedirector.control.ComputingElementFailure;
import org.diracee.wms.sitedirector.control.PilotProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CondorJobTest {

    private static final String NOTHING = "undefined undefined undefined undefined undefined undefined undefined";

    @ParameterizedTest
    @CsvSource({"1, Waiting", "2, Running", "6, Running", "7, Running", "3, Vanished", "4, Vanished", "9, Unknown"})
    void aJobWithNothingButAStatusIsMapped(int status, String process) {
        assertThat(process("12.0 " + status + " " + NOTHING).getClass().getSimpleName())
                .isEqualTo(process);
    }

    @Test
    void anExitCodeIsThatOfThePilot() {
        assertThat(process("12.3 4 0 false undefined undefined undefined undefined undefined"))
                .isEqualTo(new PilotProcess.Ended(0, "words"));
    }

    @Test
    void aPilotHeldForItsExitCodeHasEnded() {
        assertThat(process(
                        "12.3 5 7 false undefined 3 55 \"The job attribute OnExitHold evaluated to TRUE\" undefined"))
                .isEqualTo(new PilotProcess.Ended(7, "words"));
    }

    @Test
    void aJobHeldWhileItsFilesComeWaits() {
        CondorJob job = job("12.3 5 undefined undefined undefined 16 0 \"Spooling input data files\" undefined");
        assertThat(job.process("")).isEqualTo(new PilotProcess.Waiting());
        assertThat(job.isSpooling()).isTrue();
    }

    @Test
    void anyOtherHoldIsTheEndWithItsReason() {
        assertThat(process("12.3 5 undefined undefined undefined 26 4 \"no \\\"route\\\" for it\" undefined"))
                .isEqualTo(new PilotProcess.Vanished(
                        "Held by the computing element (code 26, subcode 4): no \"route\" for it", "words"));
    }

    @Test
    void aSignalIsNoExitCode() {
        assertThat(process("12.3 5 undefined true 9 3 55 \"held\" undefined"))
                .isEqualTo(new PilotProcess.Vanished("Ended by signal 9", "words"));
    }

    @Test
    void whoRemovedItIsTold() {
        assertThat(
                        process(
                                "12.3 3 undefined undefined undefined undefined undefined undefined \"via condor_rm (by user grid)\""))
                .isEqualTo(new PilotProcess.Vanished("Removed from the queue: via condor_rm (by user grid)", "words"));
    }

    @Test
    void whatWasNotAskedForIsAFailure() {
        assertThatThrownBy(() -> CondorJob.parse("-- Schedd: ce.test : <10.0.0.1:9619>\n"))
                .isInstanceOf(ComputingElementFailure.class)
                .hasMessageContaining("Schedd: ce.test");
    }

    private static PilotProcess process(String line) {
        return job(line).process("words");
    }

    private static CondorJob job(String line) {
        return CondorJob.parse(line + "\n").get(0);
    }
}
