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

    public VomsFailed(String detail) {
        super(ErrorCode.UPSTREAM_ERROR, detail);
    }
}
