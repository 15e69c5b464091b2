/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.provider.boundary;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** The provider does not take what it gave once: it was used before, taken back, or has expired. */
public class ProviderGrantGone extends DiracException {

    private static final long serialVersionUID = 1L;

    ProviderGrantGone() {
        super(ErrorCode.INVALID_GRANT, "The identity provider does not take the refresh token any more");
    }
}
