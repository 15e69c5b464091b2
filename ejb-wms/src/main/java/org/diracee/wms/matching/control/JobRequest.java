/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.control;

import java.util.Optional;
import org.diracee.framework.audit.boundary.RequestOrigin;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.SiteName;
import org.diracee.wms.taskqueue.boundary.QueueSearch;
import org.diracee.wms.taskqueue.boundary.ResourceDescription;

/**
 * A pilot that waits for jobs.
 *
 * @param jobs how many at most
 * @param arrived when, by {@link System#nanoTime()}; what was committed by then it must find
 */
public record JobRequest(
        Caller.Pilot pilot,
        ResourceDescription resource,
        QueueSearch search,
        int jobs,
        RequestOrigin origin,
        long arrived) {

    public SiteName site() {
        return resource.site();
    }

    /** The job that it wants and no other. */
    Optional<JobId> only() {
        return resource.wanted().job();
    }
}
