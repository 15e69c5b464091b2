/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import java.time.Duration;
import java.util.List;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** The caller has as many exports open as one may have. */
public class TooManyExports extends DiracException {

    private static final long serialVersionUID = 1L;
    private static final Duration UNTIL_ONE_ENDS = Duration.ofSeconds(30);

    public TooManyExports(int most) {
        super(
                ErrorCode.RATE_LIMITED,
                "You have " + most + " exports of jobs open, which is the most here; wait until one has ended",
                List.of(),
                UNTIL_ONE_ENDS,
                null);
    }
}
