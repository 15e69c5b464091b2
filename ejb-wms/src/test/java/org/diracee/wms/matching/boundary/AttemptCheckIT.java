/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.boundary;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.wms.fixture.WmsServices;
import org.diracee.wms.job.boundary.StaleAttempt;
import org.diracee.wms.job.boundary.StatusReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AttemptCheckIT {

    private final WmsServices wms = new WmsServices();
    private final Caller.Pilot pilot = wms.pilot();
    private final Caller.Job wrapper;

    AttemptCheckIT() {
        wms.submitted(wms.alice, "Executable = \"run.sh\";");
        wrapper = wms.wrapper(wms.matched(pilot, 1).get(0), pilot);
    }

    private void require(Caller.Job job) {
        wms.in(services -> {
            services.attempts.require(job);
            return job;
        });
    }

    private void report(Caller by, JobStatus status) {
        wms.clock.advance(Duration.ofSeconds(1));
        Instant now = wms.clock.instant();
        StatusReport report = new StatusReport(Optional.of(status), Optional.empty(), Optional.empty(), "JobWrapper");
        wms.in(services -> services.stateUpdate.status(by, Map.of(wrapper.id(), Map.of(now, report)), false));
    }

    @Test
    void letsTheWrapperOfTheAttemptThatHoldsTheJobThrough() {
        assertThatCode(() -> require(wrapper)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(names = {"DONE", "FAILED"})
    void endsAWhileAfterTheJob(JobStatus end) {
        report(wrapper, JobStatus.RUNNING);
        report(wrapper, end);

        wms.clock.advance(Duration.ofMinutes(14));
        assertThatCode(() -> require(wrapper)).doesNotThrowAnyException();
        wms.clock.advance(Duration.ofMinutes(2));
        assertThatThrownBy(() -> require(wrapper))
                .isInstanceOf(StaleAttempt.class)
                .hasMessageContaining("has ended as " + end.text());
    }

    @Test
    void endsAWhileAfterTheJobWasKilled() {
        report(wrapper, JobStatus.RUNNING);
        report(wms.alice, JobStatus.KILLED);
        wms.clock.advance(Duration.ofMinutes(16));

        assertThatThrownBy(() -> require(wrapper)).isInstanceOf(StaleAttempt.class);
    }

    @Test
    void endsAtOnceWhenTheJobIsRescheduled() {
        wms.in(services -> services.manager.reschedule(wms.alice, List.of(wrapper.id()), false));

        assertThatThrownBy(() -> require(wrapper)).isInstanceOf(StaleAttempt.class);
        Caller.Pilot second = wms.pilot();
        Caller.Job next = wms.wrapper(wms.matched(second, 1).get(0), second);
        assertThatThrownBy(() -> require(wrapper)).isInstanceOf(StaleAttempt.class);
        assertThatCode(() -> require(next)).doesNotThrowAnyException();
    }

    @Test
    void isNobodyElses() {
        assertThatThrownBy(() -> require(new Caller.Job(
                        new JobId(999_999_999), 1, pilot.stamp(), wrapper.owner(), wrapper.ownerGroup(), wrapper.vo())))
                .isInstanceOf(StaleAttempt.class);
        assertThatThrownBy(() -> require(new Caller.Job(
                        wrapper.id(),
                        wrapper.attempt(),
                        new PilotStamp("another"),
                        wrapper.owner(),
                        wrapper.ownerGroup(),
                        wrapper.vo())))
                .isInstanceOf(StaleAttempt.class);
    }
}
