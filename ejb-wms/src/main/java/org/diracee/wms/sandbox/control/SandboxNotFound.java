/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.control;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** There is no such sandbox in the store. */
public class SandboxNotFound extends DiracException {

    private static final long serialVersionUID = 1L;

    public SandboxNotFound() {
        super(ErrorCode.SANDBOX_NOT_FOUND, "Sandbox not found");
    }
}
