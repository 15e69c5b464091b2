/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.control;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** More bytes came than were announced. */
public class TransferTooLarge extends DiracException {

    private static final long serialVersionUID = 1L;

    public TransferTooLarge(long announced) {
        super(ErrorCode.TOO_LARGE, "More than the " + announced + " bytes that were announced for this sandbox came");
    }
}
