/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import jakarta.ejb.Stateless;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.value.JobId;

/** Takes what users, pilots and wrappers report about jobs. */
@Stateless
public class JobStateUpdate {

    /**
     * Writes reports with their times; unknown jobs fail alone.
     *
     * @param force also moves that the state table does not allow
     */
    @Requires(callers = {CallerKind.USER, CallerKind.PILOT, CallerKind.JOB, CallerKind.SYSTEM})
    public BulkResult<JobId, StatusWritten> status(
            Caller caller, Map<JobId, Map<Instant, StatusReport>> reports, boolean force) {
        throw new UnsupportedOperationException();
    }

    /** Keeps signs of life; a job in Matched or Stalled runs. Orders in {@code success} are handed out this once. */
    @Requires(callers = {CallerKind.USER, CallerKind.PILOT, CallerKind.JOB})
    public BulkResult<JobId, List<JobCommand>> heartbeat(Caller caller, Map<JobId, HeartBeat> beats) {
        throw new UnsupportedOperationException();
    }

    /**
     * Sets columns of jobs that may be set, by their DIRAC names, and job parameters under any other name.
     *
     * @param values per job its values as text
     */
    @Requires(callers = {CallerKind.USER, CallerKind.PILOT, CallerKind.JOB})
    public BulkResult<JobId, Boolean> metadata(Caller caller, Map<JobId, Map<String, String>> values) {
        throw new UnsupportedOperationException();
    }
}
