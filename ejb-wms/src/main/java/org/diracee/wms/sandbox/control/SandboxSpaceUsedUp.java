/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.control;

import java.util.Locale;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.wms.sandbox.boundary.SpaceUse;

/** There is no room for one more sandbox of this owner or VO. */
public class SandboxSpaceUsedUp extends DiracException {

    private static final long serialVersionUID = 1L;

    public SandboxSpaceUsedUp(SpaceUse use, long asked) {
        super(
                ErrorCode.SANDBOX_SPACE,
                "Sandbox space of the "
                        + (use.scope().equals("vo") ? use.scope().toUpperCase(Locale.ROOT) : use.scope())
                        + " " + use.of() + ": " + use.used() + " of " + use.allowed() + " bytes are used, and "
                        + asked + " more are too many; take sandboxes from jobs that nobody needs, or have "
                        + use.option() + " raised");
    }
}
