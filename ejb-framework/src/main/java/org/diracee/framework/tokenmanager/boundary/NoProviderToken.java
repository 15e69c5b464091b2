/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.tokenmanager.boundary;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** The provider cannot be asked in the user's name: nothing of it is kept, or the provider has taken it back. */
public class NoProviderToken extends DiracException {

    private static final long serialVersionUID = 1L;

    NoProviderToken(String why) {
        super(
                ErrorCode.INVALID_GRANT,
                "The identity provider of the VO cannot be asked for you: " + why + ". Please log in anew");
    }
}
