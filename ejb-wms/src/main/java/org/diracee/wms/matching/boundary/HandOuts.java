/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.diracee.wms.matching.control.Coalescing;
import org.diracee.wms.matching.control.JobRequest;
import org.diracee.wms.matching.control.JobsHandedOut;

/** Serves requests for jobs that come to this node at the same time by common transactions. */
@ApplicationScoped
public class HandOuts {

    /** While one batch waits for the disk, the next is worked on. */
    private static final int BATCHES = 2;

    private static final int MOST_JOBS = 512;

    /** What a request costs beside its jobs, in jobs. */
    private static final int COST = 15;

    private Coalescing<JobRequest, JobsHandedOut> requests;

    protected HandOuts() {} // for the container's proxy

    @Inject
    public HandOuts(HandOut handOut) {
        requests = new Coalescing<>(BATCHES, MOST_JOBS, request -> request.jobs() + COST, handOut::handOut);
    }

    JobsHandedOut answer(JobRequest request) {
        return requests.answer(request);
    }
}
