/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.identity;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** The request has no sender that is known, and what it asks for needs one. */
public class NotAuthenticated extends DiracException {

    private static final long serialVersionUID = 1L;

    public NotAuthenticated() {
        super(ErrorCode.UNAUTHENTICATED, "Authorization header is missing");
    }
}
