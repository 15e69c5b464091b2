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
import java.util.OptionalDouble;
import org.diracee.framework.agent.boundary.CycleReport;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.wms.fixture.WmsServices;
import org.diracee.wms.job.control.JobSettings;
import org.diracee.wms.job.control.Silence;
import org.diracee.wms.job.entity.JobRepository.HeldJob;
import org.diracee.wms.matching.boundary.MatchedJob;
import org.junit.jupiter.api.Test;

class JobRecoveryIT {

    private static final String SIMPLE = "Executable = \"run.sh\";";
    private static final HeartBeat BEAT = new HeartBeat(
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            Optional.empty());

    private final WmsServices wms = new WmsServices();
    private final Caller.Pilot pilot = wms.pilot();
    private final JobId id = wms.submitted(wms.alice, SIMPLE).get(0);
    private final MatchedJob matched = wms.matched(pilot, 1).get(0);
    private final Caller.Job wrapper = wms.wrapper(matched, pilot);

    private void report(JobStatus status, String minor) {
        wms.in(services -> services.stateUpdate.status(
                wrapper, Map.of(id, Map.of(wms.clock.instant(), StatusReport.of(status, minor, "JobWrapper"))), false));
    }

    private void beat() {
        wms.in(services -> services.stateUpdate.heartbeat(wrapper, Map.of(id, BEAT)));
    }

    private List<String> state() {
        return wms.database
                .query("select status, minor_status from wms.job where id = %s", id)
                .get(0);
    }

    private List<JobId> leasesOver() {
        return wms.in(services -> services.recovery.leasesOver(wms.agent, 100_000));
    }

    private boolean takeBack() {
        return wms.in(services -> services.recovery.takeBack(wms.agent, id));
    }

    private List<HeldJob> held() {
        return wms.in(services -> services.recovery.heldBy(wms.agent, pilot.stamp()));
    }

    private boolean pilotEnded(HeldJob held) {
        return wms.in(services -> services.recovery.pilotEnded(wms.agent, held));
    }

    @Test
    void aJobNotStartedInTimeGoesBackToItsQueueAndIsHandedOutAnew() {
        assertThat(takeBack()).isFalse();
        wms.clock.advance(Duration.ofMinutes(6));

        assertThat(leasesOver()).contains(id);
        assertThat(takeBack()).isTrue();

        assertThat(wms.log(id))
                .endsWith(
                        "Rescheduled/Pilot did not start the job in time/TestAgent",
                        "Received/Job Rescheduled/JobManager",
                        "Waiting/Pilot Agent Submission/JobScheduling");
        assertThat(wms.column(id, "reschedule_counter")).isEqualTo("0");
        MatchedJob again = wms.matched(wms.pilot(), 1).get(0);
        assertThat(again.id()).isEqualTo(id);
        assertThat(again.attempt()).isEqualTo(2);
    }

    @Test
    void aLeaseEndsWithTheFirstSignOfLife() {
        beat();
        wms.clock.advance(Duration.ofMinutes(6));

        assertThat(leasesOver()).doesNotContain(id);
        assertThat(takeBack()).isFalse();
        assertThat(state()).startsWith("Running");
    }

    @Test
    void aSilentJobBecomesStalledAndLaterFailsAndIsToldToStop() {
        report(JobStatus.RUNNING, "Application");
        wms.clock.advance(Duration.ofSeconds(5_000));

        cycle();
        assertThat(state()).containsExactly("Stalled", "Application");
        cycle();
        assertThat(state()).startsWith("Stalled");
        wms.clock.advance(Duration.ofSeconds(7_000));
        cycle();

        assertThat(state()).containsExactly("Failed", "Stalling for more than 11700 sec");
        assertThat(wms.log(id)).last().isEqualTo("Failed/Stalling for more than 11700 sec/StalledJobAgent");
        assertThat(wms.in(services -> services.stateUpdate.heartbeat(wrapper, Map.of(id, BEAT)))
                        .success()
                        .get(id))
                .extracting(JobCommand::command)
                .containsExactly("Kill");
        assertThat(state()).startsWith("Failed");
    }

    @Test
    void aJobInAParcelMayBeSilentAsLongAsItsPilotLives() {
        report(JobStatus.RUNNING, "Application");
        wms.database.query(
                "insert into wms.parcel (pilot_stamp, job_id, attempt) values ('%s', %s, 1)", pilot.stamp(), id);
        wms.clock.advance(Duration.ofDays(1));
        assertThat(silent()).doesNotContain(id);

        wms.database.query("update wms.pilot set status = 'Aborted' where stamp = '%s'", pilot.stamp());
        assertThat(silent()).contains(id);
        wms.database.query("update wms.pilot set status = 'Running' where stamp = '%s'", pilot.stamp());
        wms.database.query("update wms.parcel set opened = now() where pilot_stamp = '%s'", pilot.stamp());
        assertThat(silent()).contains(id);
    }

    private List<JobId> silent() {
        return wms.in(services ->
                services.recovery.silent(wms.agent, JobStatus.RUNNING, Silence.of(Duration.ofHours(1)), 100_000));
    }

    @Test
    void aStalledJobThatBeatsRunsAgain() {
        report(JobStatus.RUNNING, "Application");
        wms.clock.advance(Duration.ofSeconds(5_000));
        cycle();

        beat();
        cycle();

        assertThat(state()).startsWith("Running");
    }

    @Test
    void theTimesComeFromTheConfiguration() {
        configure(Map.of("StalledTime", 2, "FailedTime", 4));
        report(JobStatus.RUNNING, "Application");
        wms.clock.advance(Duration.ofSeconds(3));
        cycle();
        assertThat(state()).startsWith("Stalled");
        wms.clock.advance(Duration.ofSeconds(2));
        cycle();

        assertThat(state()).containsExactly("Failed", "Stalling for more than 4 sec");
    }

    @Test
    void atTolerantSitesJobsMayBeSilentForLonger() {
        configure(Map.of("StalledJobsTolerantSites", "DIRAC.Local.test", "StalledJobsToleranceTime", 1_000));
        report(JobStatus.RUNNING, "Application");
        wms.clock.advance(Duration.ofSeconds(5_000));
        cycle();
        assertThat(state()).startsWith("Running");
        wms.clock.advance(Duration.ofSeconds(501));
        cycle();

        assertThat(state()).startsWith("Stalled");
    }

    @Test
    void whereSilentJobsAreRescheduledTheyFailOnlyWhenTheirVoAllowsNoMore() {
        configure(Map.of("StalledJobsToRescheduleSites", "DIRAC.Local.test"));
        report(JobStatus.RUNNING, "Application");
        silentUntilGivenUp();

        assertThat(wms.log(id)).contains("Rescheduled/Stalling for more than 11700 sec/StalledJobAgent");
        assertThat(state()).startsWith("Waiting");
        assertThat(wms.column(id, "reschedule_counter")).isEqualTo("1");

        wms.database.query("update wms.job set reschedule_counter = 3 where id = %s", id);
        MatchedJob again = wms.matched(pilot, 1).get(0);
        wms.in(services -> services.stateUpdate.heartbeat(wms.wrapper(again, pilot), Map.of(id, BEAT)));
        silentUntilGivenUp();

        assertThat(state()).containsExactly("Failed", "Stalling for more than 11700 sec");
    }

    private void silentUntilGivenUp() {
        wms.clock.advance(Duration.ofSeconds(5_000));
        cycle();
        wms.clock.advance(Duration.ofSeconds(7_000));
        cycle();
    }

    @Test
    void aRunningJobFailsWithItsPilotAndAMatchedOneGoesBack() {
        JobId neverStarted = wms.submitted(wms.alice, SIMPLE).get(0);
        wms.matched(pilot, 1);
        report(JobStatus.RUNNING, "Application");
        wms.database.query("update wms.pilot set status = 'Failed' where stamp = '%s'", pilot.stamp());

        cycle();

        assertThat(state()).containsExactly("Failed", "Job stalled: pilot not running");
        assertThat(wms.column(neverStarted, "status")).isEqualTo("Waiting");
        assertThat(wms.log(neverStarted)).contains("Rescheduled/Job stalled: pilot not running/StalledJobAgent");
    }

    @Test
    void theNewsOfAPilotsEndDoesTheSameAtOnceAndLeavesFinishedJobsAlone() {
        report(JobStatus.RUNNING, "Application");
        HeldJob held = held().get(0);
        report(JobStatus.COMPLETING, "Application Finished Successfully");
        report(JobStatus.DONE, "Execution Complete");

        assertThat(pilotEnded(held)).isFalse();
        assertThat(held()).isEmpty();
        assertThat(state()).containsExactly("Done", "Execution Complete");
    }

    private void configure(Map<String, ?> options) {
        wms.configuration.set(
                Map.of("Systems", Map.of("WorkloadManagement", Map.of("Agents", Map.of("StalledJobAgent", options)))));
    }

    private void cycle() {
        InTransactions recovery = new InTransactions(wms);
        CycleReport report = new StalledJobAgent(recovery).runCycle();
        assertThat(report.failed()).isZero();
    }

    /** The recovery as the container gives it to the agent: every call is a transaction. Only this test's jobs are found. */
    private static final class InTransactions extends JobRecovery {

        private final WmsServices wms;

        InTransactions(WmsServices wms) {
            this.wms = wms;
        }

        @Override
        public JobSettings settings(Caller caller) {
            return wms.recovery.settings(caller);
        }

        @Override
        public List<JobId> silent(Caller caller, JobStatus status, Silence silence, int limit) {
            return wms.in(services -> services.recovery.silent(caller, status, silence, 100_000)).stream()
                    .filter(this::isOurs)
                    .toList();
        }

        @Override
        public List<HeldJob> heldByEndedPilots(Caller caller, int limit) {
            return wms.in(services -> services.recovery.heldByEndedPilots(caller, 100_000)).stream()
                    .filter(held -> isOurs(held.id()))
                    .toList();
        }

        @Override
        public boolean pilotEnded(Caller caller, HeldJob held) {
            return wms.in(services -> services.recovery.pilotEnded(caller, held));
        }

        @Override
        public boolean stall(Caller caller, JobId job, Silence silence) {
            return wms.in(services -> services.recovery.stall(caller, job, silence));
        }

        @Override
        public boolean giveUp(Caller caller, JobId job, Silence silence) {
            return wms.in(services -> services.recovery.giveUp(caller, job, silence));
        }

        @Override
        public boolean goOn(Caller caller, JobId job) {
            return wms.in(services -> services.recovery.goOn(caller, job));
        }

        private boolean isOurs(JobId job) {
            return wms.column(job, "vo").equals(wms.vo.text());
        }
    }
}
