/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.idempotency.boundary;

import java.time.Duration;
import java.util.List;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** A request with the same idempotency key is being carried out; its result can be had a moment later. */
public class RequestInProgress extends DiracException {

    private static final long serialVersionUID = 1L;

    public RequestInProgress() {
        super(
                ErrorCode.REQUEST_IN_PROGRESS,
                "A request with the same Idempotency-Key is being carried out; repeat it in a second",
                List.of(),
                Duration.ofSeconds(1),
                null);
    }
}
