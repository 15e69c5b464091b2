/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.suspension.boundary;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** There is no suspension of this number, or none that the caller may see. */
public class SuspensionNotFound extends DiracException {

    private static final long serialVersionUID = 1L;

    public SuspensionNotFound(long id) {
        super(ErrorCode.NOT_FOUND, "There is no suspension " + id);
    }
}
