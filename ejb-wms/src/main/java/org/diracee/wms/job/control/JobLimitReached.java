/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.control;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** More jobs would wait than the VO allows. */
public class JobLimitReached extends DiracException {

    private static final long serialVersionUID = 1L;

    public JobLimitReached(String detail) {
        super(ErrorCode.JOB_LIMIT, detail);
    }
}
