/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.control;

import org.diracee.kernel.error.Unavailable;

/** The store as a whole cannot be used for now, so asking it for the next sandbox is of no use. */
public class StoreAway extends Unavailable {

    private static final long serialVersionUID = 1L;

    public StoreAway(String detail, Throwable cause) {
        super(detail, cause);
    }
}
