/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.control;

import java.util.List;
import java.util.Set;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;

/**
 * A queue with waiting jobs, as shares look at it.
 *
 * @param requirements what it asks for apart from sites; equal for queues that differ in their sites only
 * @param sites where its jobs may run; empty: everywhere
 * @param averagePriority the average {@link RealPriority} of its jobs
 */
public record SharedQueue(
        long id,
        UserName owner,
        GroupName ownerGroup,
        List<?> requirements,
        Set<String> sites,
        Set<String> bannedSites,
        double averagePriority) {

    public SharedQueue {
        requirements = List.copyOf(requirements);
        sites = Set.copyOf(sites);
        bannedSites = Set.copyOf(bannedSites);
    }

    boolean runsAt(String site) {
        return !bannedSites.contains(site) && (sites.isEmpty() || sites.contains(site));
    }
}
