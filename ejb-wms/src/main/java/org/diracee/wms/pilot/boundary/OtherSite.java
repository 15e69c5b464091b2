/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.value.PilotStamp;

/** A pilot says that it is at another site than the one it is known to be at: a suspended site's could go on elsewhere so. */
public class OtherSite extends Forbidden {

    private static final long serialVersionUID = 1L;

    public OtherSite(PilotStamp pilot, String known, String named) {
        super("The pilot " + pilot + " is registered at the site " + known + ", and cannot be one of " + named);
    }
}
