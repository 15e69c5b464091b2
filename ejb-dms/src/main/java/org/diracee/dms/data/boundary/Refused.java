/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.data.boundary;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** Something that cannot be done with a file as it is. */
public class Refused extends DiracException {

    private static final long serialVersionUID = 1L;

    public Refused(ErrorCode code, String detail) {
        super(code, detail);
    }
}
