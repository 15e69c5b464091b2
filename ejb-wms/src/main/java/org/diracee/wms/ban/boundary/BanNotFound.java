/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.ban.boundary;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** There is no ban of this number in force, or none that concerns the caller. */
public class BanNotFound extends DiracException {

    private static final long serialVersionUID = 1L;

    public BanNotFound(long id) {
        super(ErrorCode.NOT_FOUND, "There is no ban " + id + " in force");
    }
}
