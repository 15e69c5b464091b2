/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.control;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** A completed job does not wait for its requests, and yet they are said to be done. */
public class UnexpectedMinorStatus extends DiracException {

    private static final long serialVersionUID = 1L;

    public UnexpectedMinorStatus(String minorStatus) {
        super(
                ErrorCode.CONFLICT,
                "Unexpected minor status '%s' of a Completed job whose requests are done; '%s', '%s' or '%s' is expected"
                        .formatted(
                                minorStatus,
                                JobTexts.PENDING_REQUESTS,
                                JobTexts.FINISHED_WITH_ERRORS,
                                JobTexts.MARKED_FOR_TERMINATION));
    }
}
