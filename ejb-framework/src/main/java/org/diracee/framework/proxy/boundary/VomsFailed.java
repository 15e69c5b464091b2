/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.proxy.boundary;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** No VOMS server gives the attributes that a proxy is to have. */
public class VomsFailed extends DiracException {

    private static final long serialVersionUID = 1L;

    private final boolean unreachable;

    public VomsFailed(String detail) {
        this(detail, false);
    }

    private VomsFailed(String detail, boolean unreachable) {
        super(ErrorCode.UPSTREAM_ERROR, detail);
        this.unreachable = unreachable;
    }

    /** The server gives no answer at all. */
    public static VomsFailed unreachable(String detail) {
        return new VomsFailed(detail, true);
    }

    public boolean isUnreachable() {
        return unreachable;
    }
}
