/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.boundary;

import java.util.List;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidToken;

/** What came is no refresh token of ours, or one that has expired. */
public class InvalidRefreshToken extends DiracException {

    private static final long serialVersionUID = 1L;

    public InvalidRefreshToken(InvalidToken reason) {
        super(ErrorCode.INVALID_REFRESH_TOKEN, reason.detail(), List.of(), null, reason);
    }
}
