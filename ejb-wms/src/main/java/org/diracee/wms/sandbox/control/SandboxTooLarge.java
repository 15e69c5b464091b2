/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.control;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** The announced archive is larger than the store takes. */
public class SandboxTooLarge extends DiracException {

    private static final long serialVersionUID = 1L;

    public SandboxTooLarge(long announced, long limit) {
        super(
                ErrorCode.SANDBOX_TOO_LARGE,
                "Sandbox too large: " + announced + " bytes announced, at most " + limit + " are taken");
    }
}
