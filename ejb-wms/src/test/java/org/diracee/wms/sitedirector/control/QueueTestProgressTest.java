/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.pilot.boundary.PilotSlot;
import org.diracee.wms.pilot.boundary.PilotStatus;
import org.diracee.wms.sitedirector.boundary.QueueTestStep.Kind;
import org.diracee.wms.sitedirector.boundary.QueueTestStep.State;
import org.diracee.wms.sitedirector.entity.QueueTestFacts;
import org.junit.jupiter.api.Test;

class QueueTestProgressTest {

    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    private static QueueTestProgress progress(PilotStatus pilot, boolean matched, String job, boolean hasOutput) {
        Optional<Instant> time = Optional.of(NOW);
        Optional<Instant> whenMatched = matched ? time : Optional.empty();
        return QueueTestProgress.of(new QueueTestFacts(
                1,
                new PilotSlot(new SiteName("A.b.c"), "ce", "short"),
                new VoName("demo"),
                "olga",
                "OnlyFor-1",
                NOW,
                time,
                time,
                time,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new QueueTestFacts.OfPilot(
                        new PilotStamp("0123456789abcdef0123456789abcdef"),
                        pilot,
                        "why",
                        Optional.of("ref"),
                        Optional.empty(),
                        whenMatched,
                        whenMatched,
                        pilot.isFinal() ? time : Optional.empty(),
                        false)),
                Optional.of(new QueueTestFacts.OfJob(
                        new JobId(7),
                        job,
                        "Some reason",
                        "Unknown",
                        List.of("Done", "Failed", "Killed").contains(job),
                        whenMatched,
                        time,
                        hasOutput))));
    }

    private static State state(QueueTestProgress progress, Kind kind) {
        return progress.steps().get(kind.ordinal()).state();
    }

    @Test
    void aLaterStepProvesThoseBeforeIt() {
        QueueTestProgress progress = progress(PilotStatus.RUNNING, true, "Running", false);
        assertThat(state(progress, Kind.QUEUED)).isEqualTo(State.DONE);
        assertThat(state(progress, Kind.JOB_DONE)).isEqualTo(State.CURRENT);
        assertThat(state(progress, Kind.PILOT_ENDED)).isEqualTo(State.PENDING);
        assertThat(progress.isOver()).isFalse();
    }

    @Test
    void isOverWhenThePilotHasEndedAfterItsJob() {
        QueueTestProgress progress = progress(PilotStatus.DONE, true, "Done", true);
        assertThat(progress.failure()).isEmpty();
        assertThat(progress.isOver()).isTrue();
        assertThat(state(progress, Kind.CLEANED)).isEqualTo(State.CURRENT);
        assertThat(progress(PilotStatus.RUNNING, true, "Done", true).isOver()).isFalse();
    }

    @Test
    void tellsWhyItCannotGoWell() {
        assertThat(progress(PilotStatus.FAILED, false, "Waiting", false).failure())
                .hasValue("The pilot is Failed: why");
        assertThat(progress(PilotStatus.DONE, false, "Waiting", false).failure())
                .hasValue("The pilot is Done: why");
        assertThat(progress(PilotStatus.RUNNING, true, "Failed", false).failure())
                .hasValue("The job is Failed: Some reason");
        assertThat(progress(PilotStatus.RUNNING, true, "Done", false).failure())
                .hasValue("The job is Done, but its output did not arrive");
        QueueTestProgress aborted = progress(PilotStatus.ABORTED, true, "Done", true);
        assertThat(aborted.failure()).hasValue("The pilot is Aborted: why");
        assertThat(state(aborted, Kind.PILOT_ENDED)).isEqualTo(State.FAILED);
    }
}
