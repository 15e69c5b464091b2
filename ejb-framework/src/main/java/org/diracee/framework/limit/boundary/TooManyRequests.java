/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.limit.boundary;

import java.time.Duration;
import java.util.List;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** A budget is used up for the moment. */
public class TooManyRequests extends DiracException {

    private static final long serialVersionUID = 1L;

    private final transient Allowance allowance;

    public TooManyRequests(Allowance allowance, Duration wait) {
        super(
                ErrorCode.RATE_LIMITED,
                "There are too many requests " + allowance.budget().whose() + ": " + allowance.quota()
                        + " at once are allowed, and as many again within " + allowance.window() + " s",
                List.of(),
                wait,
                null);
        this.allowance = allowance;
    }

    public Allowance allowance() {
        return allowance;
    }
}
