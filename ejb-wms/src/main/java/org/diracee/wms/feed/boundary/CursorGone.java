/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.feed.boundary;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** What follows a cursor is not kept any more, or not in this database. */
public class CursorGone extends DiracException {

    private static final long serialVersionUID = 1L;

    CursorGone(String reason) {
        super(
                ErrorCode.CURSOR_GONE,
                "after: " + reason + ". Read on with after=oldest, or without after from now on, and look up with"
                        + " POST /api/jobs/search or POST /api/pilots/search how those are that you follow");
    }
}
