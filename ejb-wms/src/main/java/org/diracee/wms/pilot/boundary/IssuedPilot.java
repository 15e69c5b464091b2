/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

import org.diracee.kernel.value.PilotStamp;

/** A pilot that is committed and may now be started, with the secret by which it logs in once. */
public record IssuedPilot(PilotStamp stamp, String secret) {

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "pilot " + stamp;
    }
}
