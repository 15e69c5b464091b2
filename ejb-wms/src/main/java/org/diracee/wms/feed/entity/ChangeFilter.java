/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.feed.entity;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/**
 * Which changes are wanted; an empty set and an empty option want all.
 *
 * @param vo whose jobs the reader may see
 * @param readableOwner the only one whose jobs the reader may see
 */
public record ChangeFilter(
        Optional<VoName> vo,
        Optional<UserName> readableOwner,
        Optional<UserName> owner,
        Set<JobId> jobs,
        Set<String> jobGroups,
        Set<JobStatus> statuses) {

    /** Every change. */
    public static final ChangeFilter ALL =
            new ChangeFilter(Optional.empty(), Optional.empty(), Optional.empty(), Set.of(), Set.of(), Set.of());

    public ChangeFilter {
        jobs = Set.copyOf(jobs);
        jobGroups = Set.copyOf(jobGroups);
        statuses = Set.copyOf(statuses);
    }

    public boolean wants(LoggedChange change) {
        return vo.map(change.vo()::equals).orElse(true)
                && readableOwner.map(change.owner()::equals).orElse(true)
                && owner.map(change.owner()::equals).orElse(true)
                && (jobs.isEmpty() || jobs.contains(change.job()))
                && (jobGroups.isEmpty() || jobGroups.contains(change.jobGroup()))
                && (statuses.isEmpty() || statuses.contains(change.status()));
    }

    Set<String> statusTexts() {
        return statuses.stream().map(JobStatus::text).collect(Collectors.toSet());
    }
}
