/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.control;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.wms.pilot.boundary.PilotStatus;

/** A pilot reports something after its end was noted. */
public class PilotHasEnded extends DiracException {

    private static final long serialVersionUID = 1L;

    public PilotHasEnded(PilotStamp stamp, PilotStatus status) {
        super(
                ErrorCode.CONFLICT,
                "Pilot " + stamp + " has ended as " + status.wireName() + " and takes no further reports");
    }
}
