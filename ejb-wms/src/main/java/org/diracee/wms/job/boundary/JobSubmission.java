/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import jakarta.ejb.Stateless;
import java.util.List;
import java.util.Optional;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.access.Requires;

/** Accepts job descriptions: all jobs of a request, or none. */
@Stateless
public class JobSubmission {

    /**
     * Submits every description, sweeps expanded; when this returns, the jobs wait for a pilot.
     *
     * @param idempotencyKey a repeat with the same key and the same descriptions makes nothing and gets the same answer
     * @return one receipt per job, in the order of the descriptions and within them of the sweep
     */
    @Requires(Property.NORMAL_USER)
    public List<SubmittedJob> submit(Caller caller, List<String> jdls, Optional<String> idempotencyKey) {
        throw new UnsupportedOperationException();
    }
}
