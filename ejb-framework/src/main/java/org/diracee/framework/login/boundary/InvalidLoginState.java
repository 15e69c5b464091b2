/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.login.boundary;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** A person comes from a provider to whom we have not sent this browser, or too late, or a second time. */
public class InvalidLoginState extends DiracException {

    private static final long serialVersionUID = 1L;

    public InvalidLoginState() {
        super(ErrorCode.INVALID_REQUEST, "Invalid state: it is unknown, used, too old or of another browser");
    }
}
