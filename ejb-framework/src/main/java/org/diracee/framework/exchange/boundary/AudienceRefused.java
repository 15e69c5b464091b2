/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.exchange.boundary;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** A token for this service is not given. @see "RFC 8693 2.2.2" */
public class AudienceRefused extends DiracException {

    private static final long serialVersionUID = 1L;

    AudienceRefused(String reason) {
        super(ErrorCode.INVALID_TARGET, "Invalid audience: " + reason);
    }
}
