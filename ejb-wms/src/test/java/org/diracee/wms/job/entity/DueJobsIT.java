/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.diracee.kernel.value.JobId;
import org.diracee.wms.fixture.WmsServices;
import org.diracee.wms.job.entity.JobRepository.JobInCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DueJobsIT {

    private final WmsServices wms = new WmsServices();
    private final String sweep =
            "Executable = \"run.sh\"; InputData = {\"LFN:/" + wms.vo + "/%s\"}; Parameters = {\"a\", \"b\"};";

    /** What other tests left in Checking is none of its business, and the other way round. */
    @BeforeEach
    @AfterEach
    void holdTheOthers() {
        wms.database.query("update wms.job set lease_until = 'infinity' where status = 'Checking'");
    }

    private List<JobInCheck> due(int bytes) {
        return wms.in(services -> services.jobs.due(wms.clock.instant(), 500, bytes));
    }

    @Test
    void jobsOfASubmissionShareTheirDescriptionAndCountItOnce() {
        List<JobId> first = wms.submitted(wms.alice, sweep);
        wms.submitted(wms.alice, sweep);
        int description = Integer.parseInt(wms.database.value(
                "select octet_length(description) from wms.submission where id = "
                        + "(select submission_id from wms.job where id = %s)",
                first.get(0)));

        assertThat(due(1_000_000)).hasSize(4);
        assertThat(due(1)).as("the first however long it is").hasSize(1);
        List<JobInCheck> some = due(2 * description - 1);
        assertThat(some).extracting(JobInCheck::id).containsExactlyElementsOf(first);
        assertThat(some.get(1).description()).isSameAs(some.get(0).description());
    }

    /** However many jobs are held, those that are due are read from where they stand. */
    @Test
    void heldJobsAreNotReadToFindThoseThatAreDue() {
        JobId due = wms.submitted(wms.alice, sweep).get(0);
        wms.database.query(
                "insert into wms.job (submission_id, sweep_index, vo, owner, owner_group, job_type, job_group, job_name, "
                        + "site, status, minor_status, user_priority, submission_time, last_update_time, "
                        + "last_logged_time, task_queue_id, lease_until) select submission_id, n, vo, owner, owner_group, "
                        + "job_type, job_group, job_name, site, status, minor_status, 1, now(), now(), now(), "
                        + "task_queue_id, 'infinity' from wms.job, generate_series(1, 20000) n where id = %s",
                due);
        wms.database.query("analyze wms.job");

        List<String> plan = wms.in(services -> services.jobs
                .firstDue("explain (analyze, buffers off) ", wms.clock.instant(), 500)
                .rows(row -> row.text("QUERY PLAN")));

        assertThat(plan)
                .anySatisfy(line -> assertThat(line).contains("job_checking").containsPattern("actual.* rows=2\\b"));
        assertThat(plan).anySatisfy(line -> assertThat(line).contains("Index Cond: (COALESCE(lease_until"));
        assertThat(plan).noneSatisfy(line -> assertThat(line).contains("Rows Removed"));
    }
}
