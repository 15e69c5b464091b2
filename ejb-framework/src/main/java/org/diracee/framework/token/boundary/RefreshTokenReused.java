/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.boundary;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** A refresh token came a second time: somebody may have copied it, so all sessions of its subject have ended. */
public class RefreshTokenReused extends DiracException {

    private static final long serialVersionUID = 1L;

    public RefreshTokenReused() {
        super(
                ErrorCode.INVALID_REFRESH_TOKEN,
                "Refresh token reuse detected: the token was used or revoked before, so all your sessions were ended;"
                        + " log in again");
    }
}
