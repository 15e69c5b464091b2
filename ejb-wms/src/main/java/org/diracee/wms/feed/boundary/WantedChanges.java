/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.feed.boundary;

import java.util.Optional;
import java.util.Set;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.UserName;

/** Which of the changes that a caller may read it wants to read; an empty set and an empty option want all. */
public record WantedChanges(Set<JobId> jobs, Set<String> jobGroups, Set<JobStatus> statuses, Optional<UserName> owner) {

    public WantedChanges {
        jobs = Set.copyOf(jobs);
        jobGroups = Set.copyOf(jobGroups);
        statuses = Set.copyOf(statuses);
    }
}
