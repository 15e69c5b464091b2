/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.proxy.boundary;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** There is no such proxy, or none that is still good. */
public class ProxyNotFound extends DiracException {

    private static final long serialVersionUID = 1L;

    public ProxyNotFound(String detail) {
        super(ErrorCode.NOT_FOUND, detail);
    }
}
