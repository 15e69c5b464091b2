/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.error;

/** The caller is known but may not do this. */
public class Forbidden extends DiracException {

    private static final long serialVersionUID = 1L;

    /** Tells nothing about the thing asked for, not even whether it exists. */
    public Forbidden() {
        super(ErrorCode.FORBIDDEN, "Forbidden");
    }

    public Forbidden(String detail) {
        super(ErrorCode.FORBIDDEN, detail);
    }
}
