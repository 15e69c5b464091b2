/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.diracee.wms.fixture.WmsDatabase;
import org.diracee.wms.fixture.WmsServices;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With very many waiting jobs the hand-out must read those it takes, not those that wait. */
class MatchingPlansIT {

    private static final int WAITING = 200_000;

    private final WmsDatabase database = WmsDatabase.shared();
    private final WmsServices wms = new WmsServices();

    @BeforeEach
    void fillOneQueue() {
        wms.submitted(wms.alice, "Executable = \"run.sh\";");
        database.query(
                "insert into wms.job (submission_id, sweep_index, vo, owner, owner_group, job_type, job_group, job_name, "
                        + "site, status, minor_status, user_priority, submission_time, last_update_time, "
                        + "last_logged_time, task_queue_id) select submission_id, n, vo, owner, owner_group, job_type, "
                        + "job_group, job_name, site, status, minor_status, n %% 10, now(), now(), now(), task_queue_id "
                        + "from wms.job, generate_series(1, %d) n where vo = '%s'",
                WAITING, wms.vo);
        database.query("analyze wms.job");
    }

    @Test
    void takingAJobReadsTheHeadOfItsQueueFromTheIndex() {
        long queue = Long.parseLong(database.value("select id from wms.task_queue where vo = '%s'", wms.vo));
        List<String> plan = database.inTransaction(() -> new MatchRepository(database.entities())
                .taking("explain (analyze, buffers) ", Map.of(queue, 5), List.of())
                .rows(row -> row.text("QUERY PLAN")));

        assertThat(plan).anySatisfy(line -> assertThat(line).contains("using job_waiting on job"));
        assertThat(plan).noneSatisfy(line -> assertThat(line).contains("Seq Scan on job"));
        String head = plan.stream()
                .filter(line -> line.contains("job_waiting"))
                .findFirst()
                .orElseThrow();
        assertThat(head).contains("rows=5");
    }
}
