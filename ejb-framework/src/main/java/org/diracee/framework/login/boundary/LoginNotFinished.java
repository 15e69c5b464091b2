/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.login.boundary;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** Nobody has approved or refused the log-in yet; the client asks again in a few seconds. */
public class LoginNotFinished extends DiracException {

    private static final long serialVersionUID = 1L;

    public LoginNotFinished() {
        super(ErrorCode.AUTHORIZATION_PENDING, "The log-in is not approved yet");
    }
}
