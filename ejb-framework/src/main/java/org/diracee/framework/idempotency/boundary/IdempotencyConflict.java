/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.idempotency.boundary;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** The idempotency key belongs to an earlier request that was another one. */
public class IdempotencyConflict extends DiracException {

    private static final long serialVersionUID = 1L;

    public IdempotencyConflict() {
        super(
                ErrorCode.IDEMPOTENCY_CONFLICT,
                "The Idempotency-Key was used for another request; use a new key for a new request");
    }
}
