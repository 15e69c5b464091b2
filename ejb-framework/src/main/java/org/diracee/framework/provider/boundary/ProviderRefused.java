/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.provider.boundary;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** The provider did not accept the code of a log-in, or what it gave for it does not prove who logged in. */
public class ProviderRefused extends DiracException {

    private static final long serialVersionUID = 1L;

    public ProviderRefused(String reason) {
        super(ErrorCode.BAD_CREDENTIALS, "Invalid code: " + reason);
    }
}
