/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.control;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.value.JobId;

/** There is no job of this id whose sandboxes could be dealt with. */
public class UnknownJob extends DiracException {

    private static final long serialVersionUID = 1L;

    public UnknownJob(JobId id) {
        super(ErrorCode.JOB_NOT_FOUND, "Job " + id + " not found");
    }
}
