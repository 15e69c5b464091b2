/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.parcel.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.job.boundary.JobStateUpdate;
import org.diracee.wms.matching.boundary.Matcher;
import org.diracee.wms.parcel.control.SpoolEntry;
import org.diracee.wms.parcel.entity.ParcelRow;
import org.diracee.wms.sandbox.boundary.SandboxCourier;
import org.diracee.wms.sandbox.boundary.SandboxStore;
import org.junit.jupiter.api.Test;

class ParcelsTest {

    private static final PilotStamp PILOT = new PilotStamp("stamp");
    private static final Caller.Job JOB =
            new Caller.Job(new JobId(42), 1, PILOT, new UserName("alice"), new GroupName("users"), new VoName("demo"));

    private final Records records = new Records();
    private final Parcels parcels = new Parcels(
            records,
            new Matcher() {},
            new JobStateUpdate() {},
            new SandboxStore() {},
            new SandboxCourier() {},
            Clock.systemUTC());

    @Test
    void aSpoolWithoutMeasureCostsOnlySoManyTransactions() {
        byte[] spool = "{\"call\":\"parameters\",\"job\":42,\"values\":{\"a\":\"b\"}}\n"
                .repeat(50_000)
                .getBytes(StandardCharsets.UTF_8);

        parcels.open(
                new Caller.System("SiteDirector"),
                PILOT,
                (name, most, target) -> {
                    target.write(spool);
                    return true;
                },
                "Ended with exit code 0");

        assertThat(records.transactions).isEqualTo(20_001); // with the one that counts states
        assertThat(records.isClosed).isTrue();
    }

    private static final class Records extends ParcelRecords {

        private int transactions;
        private boolean isClosed;

        @Override
        public List<ParcelRow> of(Caller caller, Collection<PilotStamp> pilots) {
            return List.of(
                    new ParcelRow(PILOT, JOB, 0, isClosed, true, JobStatus.DONE, Optional.empty(), Optional.empty()));
        }

        @Override
        public void apply(Caller caller, Caller.Job job, long known, long line, List<SpoolEntry> entries) {
            transactions++;
        }

        @Override
        public void close(Caller caller, Caller.Job job, Optional<SpoolEntry.News> end) {
            isClosed = true;
        }
    }
}
