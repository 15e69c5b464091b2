/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.control;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.diracee.kernel.error.DiracException;
import org.diracee.wms.description.boundary.JobText;
import org.diracee.wms.matching.entity.WaitingJob;

/**
 * What became of one request for jobs; committed.
 *
 * @param refusal why the pilot gets nothing, if it may not have any
 */
public record JobsHandedOut(List<Item> jobs, Optional<DiracException> refusal) {

    public JobsHandedOut {
        jobs = List.copyOf(jobs);
    }

    /**
     * A job that the pilot has now.
     *
     * @param job as it waited
     * @param token id of the token to be made for it; audited already
     */
    public record Item(WaitingJob job, JobText text, UUID token) {}
}
