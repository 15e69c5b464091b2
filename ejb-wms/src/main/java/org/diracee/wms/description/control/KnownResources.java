/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.control;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The computing resources that jobs can ask for.
 *
 * @param sites names of all sites
 * @param platforms each known platform with those that can run what is made for it, itself among them
 * @param cpuTimeSegments ascending, in seconds; jobs whose CPU times lie in one segment may share a task queue
 */
public record KnownResources(Set<String> sites, Map<String, Set<String>> platforms, List<Long> cpuTimeSegments) {

    public KnownResources {
        sites = Set.copyOf(sites);
        platforms = platforms.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
        cpuTimeSegments = cpuTimeSegments.stream().sorted().toList();
        if (cpuTimeSegments.isEmpty()) {
            throw new IllegalArgumentException("There must be a segment of CPU time");
        }
    }

    /** Returns the smallest segment that holds the time asked for, or the greatest there is. */
    long segment(long cpuTime) {
        return cpuTimeSegments.stream()
                .filter(segment -> segment >= cpuTime)
                .findFirst()
                .orElse(cpuTimeSegments.get(cpuTimeSegments.size() - 1));
    }
}
