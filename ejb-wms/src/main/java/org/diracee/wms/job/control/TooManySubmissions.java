/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.control;

import java.time.Duration;
import java.util.List;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** There were more submissions within a minute than the VO allows. */
public class TooManySubmissions extends DiracException {

    private static final long serialVersionUID = 1L;

    public TooManySubmissions(String detail, Duration retryAfter) {
        super(
                ErrorCode.RATE_LIMITED,
                detail,
                List.of(),
                retryAfter.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : retryAfter,
                null);
    }
}
