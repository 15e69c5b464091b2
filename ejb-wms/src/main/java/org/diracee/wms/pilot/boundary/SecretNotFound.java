/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** One of the secrets named is none. The text does not repeat it: it could be another. */
public class SecretNotFound extends DiracException {

    private static final long serialVersionUID = 1L;

    SecretNotFound(int place) {
        super(ErrorCode.NOT_FOUND, "The secret number " + place + " of the request is not known");
    }
}
