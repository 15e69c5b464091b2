/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.control;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/**
 * A pilot could not log in.
 *
 * @see "DiracX REST reference 9"
 */
public class BadPilotCredentials extends DiracException {

    private static final long serialVersionUID = 1L;

    private BadPilotCredentials(String detail) {
        super(ErrorCode.BAD_CREDENTIALS, detail);
    }

    /** Nothing fits, or the secret has done its duty. */
    public static BadPilotCredentials any() {
        return new BadPilotCredentials("bad credentials");
    }

    public static BadPilotCredentials stamp() {
        return new BadPilotCredentials("bad pilot_stamp");
    }

    public static BadPilotCredentials secret() {
        return new BadPilotCredentials("bad pilot_secret");
    }

    public static BadPilotCredentials expired() {
        return new BadPilotCredentials("secret expired");
    }
}
