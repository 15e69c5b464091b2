/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.exchange.boundary;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** The VO has no registered client of this id. */
public class ClientNotFound extends DiracException {

    private static final long serialVersionUID = 1L;

    ClientNotFound(String id) {
        super(ErrorCode.NOT_FOUND, "There is no client " + id + " in the VO, or its options cannot be used");
    }
}
