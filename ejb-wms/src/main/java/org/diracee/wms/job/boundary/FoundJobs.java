/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.kernel.value.JobId;

/**
 * One page of a search.
 *
 * @param rows values by DIRAC's names of the columns; a time that has not come yet is empty
 * @param logs the log of each job, if it was asked for
 * @param first position of the first row among all that match, from 0
 * @param total how many rows match; beyond 100 000 it may be up to a minute old
 */
public record FoundJobs(
        List<Map<String, Optional<Object>>> rows,
        Optional<Map<JobId, List<LoggedStatus>>> logs,
        long first,
        long total) {

    public FoundJobs {
        rows = List.copyOf(rows);
    }
}
