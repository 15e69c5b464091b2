/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.explanation.boundary;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.kernel.value.JobId;

/**
 * Why jobs have failed.
 *
 * @param examined how many jobs were looked at, the newest first
 * @param next from below which job on to look at the rest; absent if all were
 * @param causes the most frequent first
 */
public record FailureCounts(int examined, Optional<JobId> next, List<CountedCause> causes) {

    public FailureCounts {
        causes = List.copyOf(causes);
    }

    /**
     * Jobs with the same cause.
     *
     * @param ids of the newest of them
     * @param minorStatuses how many have which
     */
    public record CountedCause(FailureCause cause, int jobs, List<JobId> ids, Map<String, Integer> minorStatuses) {

        public CountedCause {
            ids = List.copyOf(ids);
            minorStatuses = Map.copyOf(minorStatuses);
        }
    }
}
