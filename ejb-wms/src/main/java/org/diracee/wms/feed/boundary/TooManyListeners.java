/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.feed.boundary;

import java.time.Duration;
import java.util.List;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** No more streams and waiting requests are kept open. */
public class TooManyListeners extends DiracException {

    private static final long serialVersionUID = 1L;
    private static final Duration UNTIL_ONE_ENDS = Duration.ofSeconds(30);

    private TooManyListeners(ErrorCode code, String detail) {
        super(code, detail, List.of(), UNTIL_ONE_ENDS, null);
    }

    static TooManyListeners ofUser(int most) {
        return new TooManyListeners(
                ErrorCode.RATE_LIMITED,
                "You have " + most + " streams and waiting requests open, which is the most here");
    }

    static TooManyListeners onNode(int most) {
        return new TooManyListeners(
                ErrorCode.UNAVAILABLE, most + " streams and waiting requests are open here, which is the most");
    }
}
