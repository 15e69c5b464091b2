/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.control;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.value.PilotStamp;

/** A pilot asks for jobs though it is not known here, has ended, or is being killed. */
public class PilotNotActive extends DiracException {

    private static final long serialVersionUID = 1L;

    public PilotNotActive(PilotStamp pilot) {
        super(
                ErrorCode.CONFLICT,
                "Pilot " + pilot + " gets no jobs: it is not registered, has ended, or is to be killed");
    }
}
