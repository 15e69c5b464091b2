/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.boundary;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** A description with a sweep in a request that has others. */
public class SweepAmongOthers extends DiracException {

    private static final long serialVersionUID = 1L;

    SweepAmongOthers() {
        super(
                ErrorCode.JDL_INVALID,
                "A description with Parameters stands beside others; allowed is one sweep alone, or several single jobs");
    }
}
