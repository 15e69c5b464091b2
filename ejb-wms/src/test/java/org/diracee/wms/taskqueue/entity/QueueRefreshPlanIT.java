/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.diracee.wms.fixture.WmsDatabase;
import org.junit.jupiter.api.Test;

/** Each node looks for changed queues four times a second: what has not changed may cost nothing. */
class QueueRefreshPlanIT {

    private static final int QUEUES = 5_000;

    private final WmsDatabase database = WmsDatabase.shared();
    private final TaskQueueRepository repository = new TaskQueueRepository(database.entities());

    @Test
    void readsTheChangedQueuesAlone() {
        add("refreshold", QUEUES);
        database.query("analyze wms.task_queue");
        String following = database.value("select pg_snapshot_xmax(pg_current_snapshot())::text");
        add("refreshnew", 3);

        List<String> plan = database.inTransaction(() ->
                repository.changing("explain (analyze, timing off) ", following).rows(row -> row.text("QUERY PLAN")));

        assertThat(plan).noneSatisfy(line -> assertThat(line).contains("Seq Scan on task_queue"));
        assertThat(plan.stream().filter(line -> line.contains("task_queue")))
                .anySatisfy(line -> assertThat(line).contains("Index Scan").contains("actual rows=3"));
    }

    private void add(String vo, int number) {
        database.query(
                "insert into wms.task_queue (digest, vo, owner, owner_group, cpu_time, created, enabled) "
                        + "select '%1$s' || n, '%1$s', 'ann', 'users', n, now(), false from generate_series(1, %2$d) n",
                vo, number);
    }
}
