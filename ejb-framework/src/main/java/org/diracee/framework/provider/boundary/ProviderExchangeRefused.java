/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.provider.boundary;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** The provider of the VO does not give this user a token for this service. */
public class ProviderExchangeRefused extends DiracException {

    private static final long serialVersionUID = 1L;

    ProviderExchangeRefused(String error) {
        super(
                ErrorCode.INVALID_TARGET,
                "The identity provider of the VO gives no token for this audience and scope: it says "
                        + error.replaceAll("[^A-Za-z0-9_ .-]", "?"));
    }
}
