/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.boundary;

import jakarta.ejb.Stateless;
import java.util.List;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.wms.taskqueue.boundary.ResourceDescription;

/** Gives waiting jobs to pilots. */
@Stateless
public class Matcher {

    /**
     * Hands out up to {@code jobs} waiting jobs that fit the resource; each belongs to the calling pilot until its lease
     * ends or it runs.
     *
     * @return empty if nothing fits
     */
    @Requires(callers = CallerKind.PILOT)
    public List<MatchedJob> match(Caller caller, ResourceDescription resource, int jobs) {
        throw new UnsupportedOperationException();
    }

    /** A new token for the attempt that the caller is. */
    @Requires(callers = CallerKind.JOB)
    public JobToken renewToken(Caller caller) {
        throw new UnsupportedOperationException();
    }
}
