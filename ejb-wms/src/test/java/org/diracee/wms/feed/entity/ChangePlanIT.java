/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.feed.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.kernel.value.JobId;
import org.diracee.wms.fixture.WmsServices;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;

/** However long the log is, what follows a cursor is read from where it stands. */
class ChangePlanIT {

    private final WmsServices wms = new WmsServices();

    @Test
    void readingOnLooksAtTheRowsThatFollowAlone() {
        JobId job = wms.submitted(wms.alice, "Executable = \"/bin/true\";").get(0);
        wms.database.query(
                "insert into wms.job_log (job_id, status_time, status, minor_status, application_status, source)"
                        + " select %s, now(), 'Running', 'm', 'a', 'test' from generate_series(1, 50000)",
                job);
        wms.database.query("analyze wms.job_log");
        ChangeRepository log = new ChangeRepository(wms.database.entities());
        FeedCursor now = wms.in(services -> log.now());
        wms.submitted(wms.alice, "Executable = \"/bin/true\";");

        List<String> plan = wms.in(services -> new SqlStatement(
                        wms.database.entities().unwrap(Session.class),
                        "explain (analyze, buffers off) select * " + ChangeRepository.NEXT_ROWS + " limit 10000")
                .text(Long.toString(now.transaction()))
                .number(now.sequence())
                .text(Long.toString(now.transaction() + 1_000_000))
                .rows(row -> row.text("QUERY PLAN")));

        // the partitions of other months are empty
        assertThat(plan)
                .anySatisfy(line ->
                        assertThat(line).contains("transaction_id_sequence_idx").contains("actual", "rows=2"));
        assertThat(plan).noneSatisfy(line -> assertThat(line).contains("Rows Removed"));
    }
}
