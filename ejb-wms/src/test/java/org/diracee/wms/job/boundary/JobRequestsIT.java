/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.wms.fixture.WmsServices;
import org.diracee.wms.matching.boundary.MatchedJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobRequestsIT {

    private final WmsServices wms = new WmsServices();
    private final Caller.Pilot pilot = wms.pilot();
    private Caller.Job wrapper =
            new Caller.Job(new JobId(1), 1, pilot.stamp(), wms.alice.username(), wms.alice.group(), wms.vo);
    private JobId id = wrapper.id();

    @BeforeEach
    void runAJob() {
        wms.submitted(wms.alice, "Executable = \"x\";");
        MatchedJob job = wms.matched(pilot, 1).get(0);
        id = job.id();
        wrapper = wms.wrapper(job, pilot);
        report(JobStatus.RUNNING, "Application", "event 5");
    }

    private void report(JobStatus status, String minor, String application) {
        wms.clock.advance(Duration.ofSeconds(1));
        wms.in(services -> services.stateUpdate.status(
                wrapper,
                Map.of(
                        id,
                        Map.of(
                                wms.clock.instant(),
                                new StatusReport(
                                        Optional.of(status),
                                        Optional.of(minor),
                                        Optional.of(application),
                                        "JobWrapper"))),
                false));
    }

    private boolean requestsDone() {
        wms.clock.advance(Duration.ofSeconds(1));
        return wms.in(services -> services.requests.done(wms.agent, id, "ReplicateAndRegister:Done"));
    }

    private String state() {
        return String.join(
                "|", wms.column(id, "status"), wms.column(id, "minor_status"), wms.column(id, "application_status"));
    }

    @Test
    void endAJobThatWaitedForThem() {
        report(JobStatus.COMPLETING, "Uploading Output Data", "all events");
        report(JobStatus.COMPLETED, "Pending Requests", "all events");
        String ended = wms.column(id, "end_exec_time");

        assertThat(requestsDone()).isTrue();

        assertThat(state()).isEqualTo("Done|Requests done|all events");
        assertThat(wms.log(id)).endsWith("Completed/Pending Requests/JobWrapper", "Done/Requests done/RMS");
        assertThat(wms.column(id, "end_exec_time")).as("it had ended then").isEqualTo(ended);
        assertThat(wms.database.value(
                        "select value from wms.job_parameter where job_id = %s and name = 'PendingRequest'", id))
                .isEqualTo("ReplicateAndRegister:Done");
        requestsDone();
        assertThat(state()).isEqualTo("Done|Requests done|all events");
    }

    @Test
    void failAJobThatHadFinishedWithErrors() {
        report(JobStatus.COMPLETING, "Uploading Output Data", "exit code 1");
        report(JobStatus.COMPLETED, "Application Finished With Errors", "exit code 1");

        requestsDone();

        assertThat(state()).isEqualTo("Failed|Requests done|exit code 1");
    }

    @Test
    void giveAStalledJobBackWhatItWas() {
        report(JobStatus.COMPLETING, "Uploading Output Data", "all events");
        wms.in(services -> {
            wms.clock.advance(Duration.ofDays(1));
            return services.recovery.stall(
                    wms.agent, id, services.recovery.settings(wms.agent).stalledAfter());
        });
        assertThat(wms.column(id, "status")).isEqualTo("Stalled");

        requestsDone();

        assertThat(state()).isEqualTo("Completing|Requests done|all events");
    }

    @Test
    void areOnlyNotedOfAJobThatRuns() {
        requestsDone();

        assertThat(state()).isEqualTo("Running|Requests done|event 5");
    }

    @Test
    void ofAJobThatIsNoMoreAreNothing() {
        assertThat(wms.<Boolean>in(services -> services.requests.done(wms.agent, new JobId(Long.MAX_VALUE), "")))
                .isFalse();
        assertThat(List.of(state())).containsExactly("Running|Application|event 5");
    }
}
