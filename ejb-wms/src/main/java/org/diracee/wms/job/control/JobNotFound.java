/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.control;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.Problem;
import org.diracee.kernel.value.JobId;

/** There is no such job, or none that the caller may know of. */
public class JobNotFound extends DiracException {

    private static final long serialVersionUID = 1L;

    public JobNotFound(JobId job) {
        super(ErrorCode.JOB_NOT_FOUND, detail(job));
    }

    /** The same as the entry of this job in a bulk answer. */
    public static Problem problem(JobId job) {
        return new Problem(ErrorCode.JOB_NOT_FOUND, detail(job));
    }

    private static String detail(JobId job) {
        return "Job " + job + " not found";
    }
}
