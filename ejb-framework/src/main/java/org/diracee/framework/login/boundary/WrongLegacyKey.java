/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.login.boundary;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** Whoever asked for a user's tokens is no old server that we know. */
public class WrongLegacyKey extends DiracException {

    private static final long serialVersionUID = 1L;

    public WrongLegacyKey() {
        super(ErrorCode.BAD_CREDENTIALS, "Invalid credentials");
    }
}
