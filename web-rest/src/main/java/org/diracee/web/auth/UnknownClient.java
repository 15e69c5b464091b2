/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.auth;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** The client is none that we know. */
class UnknownClient extends DiracException {

    private static final long serialVersionUID = 1L;

    UnknownClient() {
        super(ErrorCode.UNKNOWN_CLIENT, "Unrecognised client_id");
    }
}
