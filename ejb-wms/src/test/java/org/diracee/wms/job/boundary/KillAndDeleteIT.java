/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.wms.fixture.WmsServices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The partition of WMS reference 6, killJob and deleteJob, for a job in each status. */
class KillAndDeleteIT {

    private static final String JDL = "Executable = \"x\";";

    private final WmsServices wms = new WmsServices();

    private JobId jobIn(JobStatus status) {
        JobId id = wms.submitted(wms.alice, JDL).get(0);
        wms.database.query("update wms.job set status = '%s', minor_status = 'before' where id = %s", status, id);
        return id;
    }

    private void order(JobStatus wanted, String minor, List<JobId> ids) {
        Map<JobId, Map<java.time.Instant, StatusReport>> reports = new LinkedHashMap<>();
        ids.forEach(id -> reports.put(
                id,
                Map.of(
                        wms.clock.instant(),
                        new StatusReport(Optional.of(wanted), Optional.of(minor), Optional.empty(), "JobManager"))));
        wms.in(services -> services.stateUpdate.status(wms.alice, reports, false));
    }

    private String outcome(JobId id) {
        return wms.column(id, "status") + "/" + wms.column(id, "minor_status") + "/"
                + wms.database.value("select count(*) from wms.job_command where job_id = %s", id);
    }

    @ParameterizedTest
    @CsvSource({
        "SUBMITTING,  Killed/Marked for termination/0, Deleted/Checking accounting/0",
        "RECEIVED,    Killed/Marked for termination/0, Deleted/Checking accounting/0",
        "CHECKING,    Killed/Marked for termination/0, Deleted/Checking accounting/0",
        "SCOUTING,    Killed/Marked for termination/0, Killed/Marked for termination/0",
        "STAGING,     Killed/Marked for termination/0, Killed/Marked for termination/0",
        "WAITING,     Killed/Marked for termination/0, Deleted/Checking accounting/0",
        "MATCHED,     Killed/Marked for termination/1, Killed/Marked for termination/1",
        "RESCHEDULED, Killed/Marked for termination/0, Deleted/Checking accounting/0",
        "RUNNING,     Killed/Marked for termination/1, Killed/Marked for termination/1",
        "STALLED,     Killed/Marked for termination/1, Killed/Marked for termination/1",
        "COMPLETING,  Killed/Marked for termination/1, Killed/Marked for termination/1",
        "COMPLETED,   Completed/before/0,              Completed/before/0",
        "DONE,        Done/before/0,                   Deleted/Checking accounting/0",
        "FAILED,      Failed/before/0,                 Deleted/Checking accounting/0",
        "KILLED,      Killed/Marked for termination/0, Deleted/Checking accounting/0",
        "DELETED,     Deleted/before/0,                Deleted/Checking accounting/0",
    })
    void doWhatTheStatusAllows(JobStatus status, String afterKill, String afterDelete) {
        JobId killed = jobIn(status);
        JobId deleted = jobIn(status);

        order(JobStatus.KILLED, "Marked for termination", List.of(killed));
        order(JobStatus.DELETED, "Checking accounting", List.of(deleted));

        assertThat(outcome(killed)).isEqualTo(afterKill);
        assertThat(outcome(deleted)).isEqualTo(afterDelete);
    }

    @Test
    void deleteARunningJobWithTheSecondOrder() {
        JobId id = jobIn(JobStatus.RUNNING);

        order(JobStatus.DELETED, "Checking accounting", List.of(id));
        order(JobStatus.DELETED, "Checking accounting", List.of(id));

        assertThat(outcome(id)).isEqualTo("Deleted/Checking accounting/1");
    }

    @Test
    void haveNoPartOfTheirEffectIfOneJobIsNotTheCallers() {
        JobId mine = jobIn(JobStatus.RUNNING);
        JobId others = wms.submitted(wms.bob, JDL).get(0);

        assertThatThrownBy(() -> order(JobStatus.KILLED, "Marked for termination", List.of(mine, others)))
                .isInstanceOf(Forbidden.class);

        assertThat(outcome(mine)).isEqualTo("Running/before/0");
    }
}
