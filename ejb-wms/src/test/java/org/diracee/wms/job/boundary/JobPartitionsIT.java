/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.diracee.wms.fixture.WmsServices;
import org.diracee.wms.job.entity.JobLogRepository;
import org.junit.jupiter.api.Test;

class JobPartitionsIT {

    private final WmsServices wms = new WmsServices();
    private final JobPartitions partitions =
            new JobPartitions(new JobLogRepository(wms.database.entities()), wms.configuration, wms.clock);

    private List<String> months(String table) {
        return wms
                .database
                .query(
                        "select relid::regclass::text from pg_partition_tree('wms.%s') where isleaf "
                                + "and relid::regclass::text ~ '_20[0-9][0-9]_' order by 1",
                        table)
                .stream()
                .map(row -> row.get(0))
                .toList();
    }

    @Test
    void dropsWholeMonthsOlderThanTheyAreKeptAndNoOthers() {
        wms.database.query("select wms.ensure_month(parent, '2020-01-15') "
                + "from unnest(array['job_log', 'job_heartbeat', 'pilot_log']) parent");
        List<String> kept = months("job_log");

        int dropped = wms.in(services -> partitions.dropOld(wms.agent));
        assertThat(dropped).isGreaterThanOrEqualTo(3);

        assertThat(months("job_log")).containsExactlyElementsOf(kept.subList(1, kept.size()));
        assertThat(months("job_heartbeat")).doesNotContain("wms.job_heartbeat_2020_01");
        assertThat(months("pilot_log")).doesNotContain("wms.pilot_log_2020_01");
    }
}
