/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.boundary;

import java.util.UUID;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** There is no session with this id. */
public class SessionNotFound extends DiracException {

    private static final long serialVersionUID = 1L;

    public SessionNotFound(UUID jti) {
        super(ErrorCode.NOT_FOUND, "There is no refresh token " + jti);
    }
}
