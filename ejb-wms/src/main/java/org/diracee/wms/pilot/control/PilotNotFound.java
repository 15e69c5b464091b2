/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.control;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.value.PilotStamp;

/** There is no pilot of this stamp. */
public class PilotNotFound extends DiracException {

    private static final long serialVersionUID = 1L;

    public PilotNotFound(PilotStamp stamp) {
        super(ErrorCode.PILOT_NOT_FOUND, "Pilot " + stamp + " not found");
    }
}
