/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.control;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.diracee.wms.job.entity.JobChange;
import org.diracee.wms.job.entity.LogRecord;

/**
 * What reports do to a job.
 *
 * @param change absent if every report came too late to change the job
 * @param records lines for the job log
 * @param late reports that go into the job log only, at their time
 * @param killsPayload whether a pilot must be told to kill its payload
 */
public record ReportOutcome(
        Optional<JobChange> change, List<LogRecord> records, List<Report> late, boolean killsPayload) {

    public ReportOutcome {
        records = List.copyOf(records);
        late = List.copyOf(late);
    }

    /** This outcome with another time of the last update. */
    public ReportOutcome lastUpdatedAt(Instant time) {
        return new ReportOutcome(change.map(job -> job.lastUpdatedAt(time)), records, late, killsPayload);
    }
}
