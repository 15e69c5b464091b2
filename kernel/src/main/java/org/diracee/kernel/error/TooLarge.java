/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.error;

/** Content beyond a declared size; the detail names the limit. */
public class TooLarge extends DiracException {

    private static final long serialVersionUID = 1L;

    public TooLarge(String detail) {
        super(ErrorCode.TOO_LARGE, detail);
    }
}
