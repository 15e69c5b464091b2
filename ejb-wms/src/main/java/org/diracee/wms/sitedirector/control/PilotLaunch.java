/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.control;

import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.VoName;

/**
 * A pilot to be started.
 *
 * @param secret by which it logs in, once; must reach the pilot in no argument and no environment variable. Empty for one with a
 *     parcel
 */
public record PilotLaunch(PilotStamp stamp, VoName vo, String secret) {

    /** One that takes a parcel along and never logs in. */
    public static PilotLaunch withParcel(PilotStamp stamp, VoName vo) {
        return new PilotLaunch(stamp, vo, "");
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "pilot " + stamp + " of " + vo;
    }
}
