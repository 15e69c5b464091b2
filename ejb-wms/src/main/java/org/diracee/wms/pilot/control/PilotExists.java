/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.control;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.value.PilotStamp;

/** A pilot of this stamp is registered already. */
public class PilotExists extends DiracException {

    private static final long serialVersionUID = 1L;

    public PilotExists(PilotStamp stamp) {
        super(ErrorCode.CONFLICT, "Pilot " + stamp + " exists already");
    }
}
