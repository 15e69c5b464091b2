/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.control;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.value.JobId;

/** A wrapper deals with sandboxes of a job that has moved on to another attempt. */
public class OtherAttempt extends DiracException {

    private static final long serialVersionUID = 1L;

    public OtherAttempt(JobId job, int attempt, int current) {
        super(
                ErrorCode.STALE_ATTEMPT,
                "Job " + job + " is at attempt " + current + ": attempt " + attempt + " has no say any more");
    }
}
