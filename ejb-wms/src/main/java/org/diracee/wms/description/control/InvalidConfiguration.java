/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.control;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** An option of the configuration that cannot mean anything; the detail names it. */
public class InvalidConfiguration extends DiracException {

    private static final long serialVersionUID = 1L;

    InvalidConfiguration(String detail) {
        super(ErrorCode.INTERNAL_ERROR, detail);
    }
}
