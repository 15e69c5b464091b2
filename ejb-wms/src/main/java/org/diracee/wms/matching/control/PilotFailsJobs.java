/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.control;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.value.PilotStamp;

/** A pilot asks for jobs though the last that it had failed because of its host. */
public class PilotFailsJobs extends DiracException {

    private static final long serialVersionUID = 1L;

    public PilotFailsJobs(PilotStamp pilot) {
        super(
                ErrorCode.CONFLICT,
                "Pilot " + pilot + " gets no more jobs: its last ones failed one after the other because of its host");
    }
}
