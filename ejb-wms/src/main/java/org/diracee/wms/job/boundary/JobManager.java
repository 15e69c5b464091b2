/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import jakarta.ejb.Stateless;
import java.util.List;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.value.JobId;

/** Sends jobs back to the start. */
@Stateless
public class JobManager {

    /**
     * Reschedules jobs, each as far as the limit of the VO allows; beyond it a job fails and is reported so.
     *
     * @param reset counts from zero again
     */
    @Requires(callers = {CallerKind.USER, CallerKind.PILOT, CallerKind.JOB})
    public BulkResult<JobId, RescheduledJob> reschedule(Caller caller, List<JobId> jobs, boolean reset) {
        throw new UnsupportedOperationException();
    }
}
