/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.fixture.WmsDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How the priorities of the jobs in 100 queues, a quarter of them mixed, are found among 100 000 others. */
class SharePlanIT {

    private static final VoName VO = new VoName("shareplans");
    private static final WmsDatabase DATABASE = WmsDatabase.shared();

    private final ShareRepository repository = new ShareRepository(DATABASE.entities());

    @BeforeAll
    static void fill() {
        DATABASE.query("""
                with queue as (
                    insert into wms.task_queue (digest, vo, owner, owner_group, cpu_time, created)
                    select '%1$s' || n, '%1$s', 'ann', 'analysis', n, now() from generate_series(1, 100) n
                    returning id, cpu_time),
                jobs as (
                    select id as queue, case when cpu_time %% 4 = 0 then n %% 10 else 1 end as priority, 'Waiting' as status
                    from queue, generate_series(1, 500) n
                    union all select null, 1, 'Done' from generate_series(1, 100000))
                insert into wms.job (submission_id, sweep_index, vo, owner, owner_group, job_type, job_group, job_name, site,
                    status, minor_status, user_priority, submission_time, last_update_time, last_logged_time, task_queue_id)
                select 0, 0, '%1$s', 'ann', 'analysis', 'User', 'g', 'j', 'ANY', status, 'x', priority, now(), now(), now(),
                    queue
                from jobs""", VO);
        DATABASE.query("analyze wms.job");
        DATABASE.query("analyze wms.task_queue");
    }

    @Test
    void looksAtTwoJobsOfAQueueWhoseJobsAreEqual() {
        List<String> plan = DATABASE.inTransaction(
                () -> repository.loading("explain (analyze, timing off) ", VO).rows(row -> row.text("QUERY PLAN")));
        assertThat(plan).noneSatisfy(line -> assertThat(line).contains("Seq Scan on job"));
        // first and last of each queue, and the ten priorities of 25 queues
        assertThat(plan.stream().filter(line -> line.contains("using job_waiting on job")))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).contains("actual rows=1").containsPattern("loops=100\\b"),
                        line -> assertThat(line).contains("actual rows=1").containsPattern("loops=100\\b"),
                        line -> assertThat(line).contains("actual rows=50").containsPattern("loops=250\\b"));
    }

    @Test
    void countsTheJobsOfEachPriorityInAMixedQueue() {
        List<Map<Long, Long>> jobs = DATABASE.inTransaction(() -> repository.loaded(VO)).stream()
                .map(ShareRepository.LoadedQueue::jobs)
                .toList();
        assertThat(jobs.stream().filter(levels -> levels.equals(Map.of(1L, 1L))))
                .hasSize(75);
        assertThat(jobs.stream()
                        .filter(levels ->
                                levels.size() == 10 && levels.values().stream().allMatch(n -> n == 50)))
                .hasSize(25);
    }
}
