/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** The configuration knows no such site, computing element or queue, or none that the caller may use. */
public class NoSuchResource extends DiracException {

    private static final long serialVersionUID = 1L;

    public NoSuchResource(String what) {
        super(ErrorCode.NOT_FOUND, "Under Resources/Sites there is no " + what + " that serves your VO");
    }
}
