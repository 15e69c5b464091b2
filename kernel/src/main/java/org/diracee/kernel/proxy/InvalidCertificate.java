/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.proxy;

import java.util.List;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** A text that is no certificate, request or key, or one that cannot be used. */
public class InvalidCertificate extends DiracException {

    private static final long serialVersionUID = 1L;

    public InvalidCertificate(String detail) {
        super(ErrorCode.INVALID_REQUEST, detail);
    }

    public InvalidCertificate(String detail, Throwable cause) {
        super(ErrorCode.INVALID_REQUEST, detail, List.of(), null, cause);
    }
}
