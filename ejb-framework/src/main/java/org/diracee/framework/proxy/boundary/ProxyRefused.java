/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.proxy.boundary;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** A proxy that is not stored. */
public class ProxyRefused extends DiracException {

    private static final long serialVersionUID = 1L;

    public ProxyRefused(String reason) {
        super(ErrorCode.INVALID_REQUEST, "The proxy is not stored: " + reason);
    }
}
