/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.wms.fixture.WmsServices;
import org.diracee.wms.matching.boundary.MatchedJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobCountersIT {

    private static final String KEY = "vo, owner, owner_group, job_group, site, job_type, status, minor_status";

    private final WmsServices wms = new WmsServices();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void equalTheJobsAfterARandomWalk(long seed) {
        Random random = new Random(seed);
        List<JobId> jobs = new ArrayList<>();
        Caller.Pilot pilot = wms.pilot();

        for (int step = 0; step < 150; step++) {
            JobId job = jobs.isEmpty() ? new JobId(1) : jobs.get(random.nextInt(jobs.size()));
            switch (jobs.isEmpty() ? 0 : random.nextInt(9)) {
                case 0 ->
                    jobs.addAll(wms.submitted(
                            random.nextBoolean() ? wms.alice : wms.bob,
                            "Executable = \"x\"; Parameters = %d; JobGroup = \"g%d\";"
                                    .formatted(1 + random.nextInt(5), random.nextInt(3))));
                case 1 -> wms.matched(pilot, 1 + random.nextInt(3));
                case 2, 3, 4 -> report(job, JobStatus.values()[random.nextInt(JobStatus.values().length)], random);
                case 5 ->
                    wms.in(services -> services.manager.reschedule(wms.admin, List.of(job), random.nextBoolean()));
                case 6 ->
                    wms.in(services -> services.stateUpdate.metadata(
                            wms.admin, Map.of(job, Map.of("JobGroup", "m" + random.nextInt(3), "Site", "somewhere"))));
                case 7 -> {
                    wms.clock.advance(Duration.ofMinutes(10));
                    wms.in(services -> services.recovery.takeBack(wms.agent, job));
                }
                default -> wms.in(services -> services.counters.fold(wms.agent, 1 + random.nextInt(20)));
            }
        }

        assertThat(counters()).isEqualTo(jobs());
        fold();
        assertThat(wms.database.value("select count(*) from wms.job_counter_delta where vo = '%s'", wms.vo))
                .isEqualTo("0");
        assertThat(counters()).isEqualTo(jobs());
    }

    @Test
    void aTransactionAddsOneRowPerCounterHoweverManyJobsItTouches() {
        wms.submitted(wms.alice, "Executable = \"x\"; Parameters = 500;");
        List<MatchedJob> matched = wms.matched(wms.pilot(), 300);

        assertThat(matched).hasSize(300);
        assertThat(wms.database.query(
                        "select status, jobs from wms.job_counter_delta where vo = '%s' order by id", wms.vo))
                .containsExactlyInAnyOrder(
                        List.of("Waiting", "500"), List.of("Waiting", "-300"), List.of("Matched", "300"));
    }

    private void report(JobId job, JobStatus status, Random random) {
        wms.in(services -> services.stateUpdate.status(
                wms.admin,
                Map.of(job, Map.of(wms.clock.instant(), StatusReport.of(status, "minor " + random.nextInt(3), "Test"))),
                random.nextInt(4) == 0));
    }

    private void fold() {
        for (int folded = 1; folded > 0; ) {
            folded = wms.in(services -> services.counters.fold(wms.agent, 10_000));
        }
        wms.in(services -> services.counters.removeEmpty(wms.agent));
    }

    private Map<List<String>, String> counters() {
        return counts(
                "select " + KEY + ", sum(jobs) from (select " + KEY + ", jobs from wms.job_counter union all select "
                        + KEY + ", jobs from wms.job_counter_delta) all_counts where vo = '%s' group by " + KEY
                        + " having sum(jobs) <> 0");
    }

    private Map<List<String>, String> jobs() {
        return counts("select " + KEY + ", count(*) from wms.job where vo = '%s' group by " + KEY);
    }

    private Map<List<String>, String> counts(String sql) {
        Map<List<String>, String> counts = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
        for (List<String> row : wms.database.query(sql, wms.vo)) {
            counts.put(row.subList(0, row.size() - 1), row.get(row.size() - 1));
        }
        return counts;
    }
}
