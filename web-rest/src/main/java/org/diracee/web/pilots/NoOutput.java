/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.pilots;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** Nothing that the pilot wrote was kept, or not yet. */
class NoOutput extends DiracException {

    private static final long serialVersionUID = 1L;

    NoOutput(String stamp) {
        super(ErrorCode.NOT_FOUND, "The output of pilot " + stamp + " is kept when it has ended: there is none now");
    }
}
