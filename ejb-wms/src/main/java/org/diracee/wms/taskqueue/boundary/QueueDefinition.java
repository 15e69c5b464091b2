/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.boundary;

import java.util.List;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/**
 * What the jobs of one task queue have in common; an empty list asks for nothing.
 *
 * @param digest equal for equal definitions only
 * @param cpuTime segment of normalised seconds into which the jobs' CPU time falls
 * @param platforms the platforms that are good, the one asked for and those compatible
 */
public record QueueDefinition(
        String digest,
        VoName vo,
        UserName owner,
        GroupName ownerGroup,
        long cpuTime,
        List<String> sites,
        List<String> bannedSites,
        List<String> gridCes,
        List<String> platforms,
        List<String> jobTypes,
        List<String> tags) {

    public QueueDefinition {
        sites = List.copyOf(sites);
        bannedSites = List.copyOf(bannedSites);
        gridCes = List.copyOf(gridCes);
        platforms = List.copyOf(platforms);
        jobTypes = List.copyOf(jobTypes);
        tags = List.copyOf(tags);
    }

    /** What the queue lists of the field; empty if it asks for nothing there. */
    public List<String> listed(QueueField field) {
        return switch (field) {
            case CPU_TIME -> List.of(Long.toString(cpuTime));
            case SITE -> sites;
            case GRID_CE -> gridCes;
            case PLATFORM -> platforms;
            case JOB_TYPE -> jobTypes;
            case OWNER -> List.of(owner.text());
            case OWNER_GROUP -> List.of(ownerGroup.text());
            case TAG -> tags;
        };
    }
}
