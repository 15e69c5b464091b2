/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.framework.configuration.boundary.Deployment;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.sitedirector.CeQueues;
import org.diracee.wms.sitedirector.control.CeQueue;
import org.diracee.wms.sitedirector.control.ComputingElementFailure;
import org.diracee.wms.sitedirector.control.PilotLaunch;
import org.junit.jupiter.api.Test;

class CondorSubmissionTest {

    private static final CondorSettings SETTINGS = new CondorSettings(new Deployment());
    private static final List<PilotLaunch> PILOTS = List.of(
            new PilotLaunch(new PilotStamp("aa"), new VoName("demo"), "secret one"),
            new PilotLaunch(new PilotStamp("bb"), new VoName("demo"), "secret two"));

    @Test
    void pilotsOfOneSubmissionAreOneCluster() {
        String text = CondorSubmission.description(
                queue(Map.of("UseLocalSchedd", "False", "ExtraSubmitString", "+a = 1 \\n +b = 2")),
                SETTINGS,
                PILOTS,
                Optional.empty());

        assertThat(text.lines())
                .contains(
                        "universe = vanilla",
                        "initialdir = /srv/condor/DIRAC.Local.test/ce.test/$(stamp)",
                        "+DiracStamp = \"$(stamp)\"",
                        "request_cpus = 2",
                        "+maxWallTime = 60",
                        "+a = 1",
                        "+b = 2")
                .endsWith("queue stamp in (aa bb)");
        assertThat(text).doesNotContain("secret one").doesNotContain("grid_resource");
    }

    @Test
    void aLocalScheddIsToldWhereToSendPilots() {
        assertThat(CondorSubmission.description(
                                queue(Map.of("Port", "9700")), SETTINGS, PILOTS, Optional.of(Path.of("/t")))
                        .lines())
                .contains("universe = grid", "grid_resource = condor ce.test ce.test:9700", "scitokens_file = /t");
    }

    @Test
    void aDirectoryThatADescriptionCouldNotHoldIsRefused() {
        CeQueue queue = CeQueues.queue("ce.test", "HTCondorCE", 1, 1, Map.of("WorkingDirectory", "/srv/$(x) y"));
        assertThatThrownBy(() -> SETTINGS.directory(queue))
                .isInstanceOf(ComputingElementFailure.class)
                .hasMessageContaining("/srv/$(x) y");
    }

    @Test
    void numbersOfJobsStandInTheOrderOfTheirStamps() {
        assertThat(CondorSubmission.ids("123.0 - 123.2\n", 3)).containsExactly("123.0", "123.1", "123.2");
        assertThat(CondorSubmission.ids("123.0 - 123.999999999\n", 2)).isEmpty();
        assertThat(CondorSubmission.ids("3 job(s) submitted to cluster 123.\n", 3))
                .isEmpty();
    }

    private static CeQueue queue(Map<String, String> options) {
        Map<String, String> all = new java.util.HashMap<>(options);
        all.put("WorkingDirectory", "/srv/condor");
        return CeQueues.queue("ce.test", "HTCondorCE", 1, 1, all);
    }
}
