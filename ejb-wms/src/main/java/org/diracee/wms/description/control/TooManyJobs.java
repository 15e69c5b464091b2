/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.control;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** A submission of more jobs than the VO allows in one request. */
public class TooManyJobs extends DiracException {

    private static final long serialVersionUID = 1L;

    public TooManyJobs(long asked, int limit) {
        super(
                ErrorCode.TOO_MANY_JOBS,
                "The submission asks for " + asked + " jobs; allowed are " + limit
                        + " in one request (JobDescription/MaxParametricJobs)");
    }
}
