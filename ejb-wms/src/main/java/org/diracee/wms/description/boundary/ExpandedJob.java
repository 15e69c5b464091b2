/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.boundary;

import java.util.List;
import java.util.Optional;
import org.diracee.kernel.value.JobId;
import org.diracee.wms.description.control.JobFacts;
import org.diracee.wms.description.control.StoredDescription;

/**
 * One job of a submission, as its row is inserted. Names may still hold {@code %j} until the id is known.
 *
 * @param index position in the sweep, from 0
 * @param sweepValues the values of the sweep's parameters for this job, as text; nothing without a sweep
 * @param clientRef what the submitter calls the job
 * @param site {@code ANY}, the site, {@code Multiple}, or the group of sites
 * @param requirements the same object for all jobs of a submission that demand the same
 * @param soughtFiles the input data, without {@code LFN:}, whose replicas decide where the job may run; without any the job needs
 *     nothing from outside to wait
 */
public record ExpandedJob(
        int index,
        Optional<String> sweepValues,
        String jobName,
        String jobGroup,
        Optional<String> clientRef,
        String jobType,
        int priority,
        String site,
        Requirements requirements,
        List<String> soughtFiles) {

    public ExpandedJob {
        soughtFiles = List.copyOf(soughtFiles);
    }

    static ExpandedJob of(JobFacts facts, int index, Optional<String> sweepValues, Requirements requirements) {
        return new ExpandedJob(
                index,
                sweepValues,
                facts.jobName(),
                facts.jobGroup(),
                Optional.of(facts.clientRef()).filter(reference -> !reference.isEmpty()),
                facts.jobType(),
                facts.priority(),
                facts.site(),
                requirements,
                facts.soughtFiles());
    }

    /** Returns this job with its id in place of {@code %j}. */
    public ExpandedJob withId(JobId id) {
        String name = StoredDescription.withJobId(jobName, id.number());
        String group = StoredDescription.withJobId(jobGroup, id.number());
        Optional<String> reference = clientRef.map(text -> StoredDescription.withJobId(text, id.number()));
        List<String> files = soughtFiles.isEmpty()
                ? soughtFiles
                : soughtFiles.stream()
                        .map(file -> StoredDescription.withJobId(file, id.number()))
                        .toList();
        return name.equals(jobName)
                        && group.equals(jobGroup)
                        && reference.equals(clientRef)
                        && files.equals(soughtFiles)
                ? this
                : new ExpandedJob(
                        index, sweepValues, name, group, reference, jobType, priority, site, requirements, files);
    }
}
