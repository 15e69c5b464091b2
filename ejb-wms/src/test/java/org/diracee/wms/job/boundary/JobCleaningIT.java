/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.diracee.framework.agent.boundary.CycleReport;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.wms.fixture.WmsServices;
import org.junit.jupiter.api.Test;

class JobCleaningIT {

    private static final String SWEEP = "Executable = \"run.sh\"; Parameters = 3; JobType = \"%s\";";

    private final WmsServices wms = new WmsServices();
    private final List<JobId> ids = wms.submitted(wms.alice, SWEEP.formatted("User"));

    private void end(JobStatus status) {
        wms.in(services -> services.stateUpdate.status(
                wms.admin,
                Map.of(ids.get(0), Map.of(wms.clock.instant(), StatusReport.of(status, "Test", "Test"))),
                true));
    }

    private String rows(String table) {
        return wms.database.value("select count(*) from wms.%s where job_id = %s", table, ids.get(0));
    }

    private String status(JobId id) {
        return wms.column(id, "status");
    }

    @Test
    void anEndedJobIsDeletedAfterItsDelay() {
        end(JobStatus.DONE);
        wms.clock.advance(Duration.ofDays(6));
        cycle();
        assertThat(status(ids.get(0))).isEqualTo("Done");
        wms.clock.advance(Duration.ofDays(2));
        cycle();

        assertThat(status(ids.get(0))).isEqualTo("Deleted");
        assertThat(wms.log(ids.get(0))).last().isEqualTo("Deleted/Checking accounting/JobCleaningAgent");
        assertThat(status(ids.get(1))).isEqualTo("Waiting");
    }

    @Test
    void aDelayOfMinusOneKeepsJobsForEver() {
        wms.configuration.set(Map.of(
                "Systems",
                Map.of(
                        "WorkloadManagement",
                        Map.of(
                                "Agents",
                                Map.of("JobCleaningAgent", Map.of("RemoveStatusDelay", Map.of("Failed", "-1")))))));
        end(JobStatus.FAILED);
        wms.clock.advance(Duration.ofDays(1_000));
        cycle();

        assertThat(status(ids.get(0))).isEqualTo("Failed");
    }

    @Test
    void jobsOfTransformationsAreLeftToThese() {
        JobId merging = wms.submitted(wms.alice, SWEEP.formatted("Merge")).get(0);
        wms.in(services -> services.stateUpdate.status(
                wms.admin,
                Map.of(merging, Map.of(wms.clock.instant(), StatusReport.of(JobStatus.DONE, "Test", "Test"))),
                true));
        wms.clock.advance(Duration.ofDays(100));
        cycle();

        assertThat(status(merging)).isEqualTo("Done");
    }

    @Test
    void aDeletedJobIsErasedWithWhatHangsOnItButForItsLog() {
        wms.in(services -> services.stateUpdate.metadata(wms.alice, Map.of(ids.get(0), Map.of("HostName", "wn1"))));
        wms.matched(wms.pilot(), 1);
        end(JobStatus.DELETED);
        cycle();
        assertThat(status(ids.get(0))).isEqualTo("Deleted");
        wms.clock.advance(Duration.ofHours(25));
        cycle();

        assertThat(wms.database.value("select count(*) from wms.job where id = %s", ids.get(0)))
                .isEqualTo("0");
        assertThat(List.of(rows("job_parameter"), rows("pilot_job"), rows("job_command")))
                .containsOnly("0");
        assertThat(wms.log(ids.get(0))).isNotEmpty();
        assertThat(wms.sandboxes.released).contains(ids.get(0));
        assertThat(wms.database.value(
                        "select sum(jobs) from (select jobs, vo, status from wms.job_counter union all "
                                + "select jobs, vo, status from wms.job_counter_delta) counter "
                                + "where vo = '%s' and status = 'Deleted'",
                        wms.vo))
                .isEqualTo("0");
    }

    @Test
    void aSubmissionGoesWithTheLastOfItsJobs() {
        String submission = wms.column(ids.get(0), "submission_id");
        for (JobId id : ids) {
            assertThat(wms.database.value("select count(*) from wms.submission where id = %s", submission))
                    .isEqualTo("1");
            wms.in(services -> services.stateUpdate.status(
                    wms.alice,
                    Map.of(id, Map.of(wms.clock.instant(), StatusReport.of(JobStatus.DELETED, "Test", "Test"))),
                    false));
            wms.clock.advance(Duration.ofHours(25));
            cycle();
            cycle();
        }

        assertThat(wms.database.value("select count(*) from wms.submission where id = %s", submission))
                .isEqualTo("0");
    }

    private void cycle() {
        CycleReport report = new JobCleaningAgent(new InTransactions(wms)).runCycle();
        assertThat(report.failed()).isZero();
    }

    /** The cleaning as the container gives it to the agent: every call is a transaction. Only this test's jobs are found. */
    private static final class InTransactions extends JobCleaning {

        private final WmsServices wms;

        InTransactions(WmsServices wms) {
            this.wms = wms;
        }

        @Override
        public List<JobId> overdue(Caller caller, JobStatus status) {
            return wms.in(services -> services.cleaning.overdue(caller, status)).stream()
                    .filter(job -> wms.column(job, "vo").equals(wms.vo.text()))
                    .toList();
        }

        @Override
        public int delete(Caller caller, Collection<JobId> jobs) {
            return wms.in(services -> services.cleaning.delete(caller, jobs));
        }

        @Override
        public int erase(Caller caller, Collection<JobId> jobs) {
            return wms.in(services -> services.cleaning.erase(caller, jobs));
        }
    }
}
