/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** Pilots are started from no image of this checksum. */
public class PilotImageNotFound extends DiracException {

    private static final long serialVersionUID = 1L;

    PilotImageNotFound() {
        super(ErrorCode.NOT_FOUND, "Pilots are started from no image of this SHA-256");
    }
}
