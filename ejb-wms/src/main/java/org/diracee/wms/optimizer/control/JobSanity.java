/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.optimizer.control;

import org.diracee.wms.job.boundary.CheckedJob;

/** Refuses a job whose description the configuration of now does not allow any more. */
final class JobSanity implements Optimizer {

    @Override
    public String name() {
        return CheckedJob.JOB_SANITY;
    }

    @Override
    public Verdict judge(JobInCheck job) {
        return job.defect() == null ? new Passes(job) : new Refuses(job.defect());
    }
}
