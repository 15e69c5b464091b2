/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.operation.control;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** There is no such operation, or none that the caller may know of. */
public class OperationNotFound extends DiracException {

    private static final long serialVersionUID = 1L;

    public OperationNotFound(long id) {
        super(ErrorCode.NOT_FOUND, "Operation " + id + " not found; operations are kept for 7 days after their end");
    }
}
