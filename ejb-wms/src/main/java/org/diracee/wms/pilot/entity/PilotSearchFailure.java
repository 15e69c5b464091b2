/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.entity;

import java.time.Duration;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** A search for pilots that the database did not carry out. */
public class PilotSearchFailure extends DiracException {

    private static final long serialVersionUID = 1L;

    private PilotSearchFailure(ErrorCode code, String detail) {
        super(code, detail);
    }

    static PilotSearchFailure tooExpensive(Duration limit) {
        return new PilotSearchFailure(
                ErrorCode.QUERY_TOO_EXPENSIVE,
                "The search took longer than " + limit.toSeconds()
                        + " s, which is the most that one may take; search by Status, PilotStamp or PilotID");
    }

    static PilotSearchFailure brokenRegex() {
        return new PilotSearchFailure(
                ErrorCode.INVALID_SEARCH, "A value is no regular expression; allowed are those of PostgreSQL");
    }
}
