/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.boundary;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.UserName;

/**
 * Which jobs a resource takes of those that it could run.
 *
 * @param job this one and no other
 * @param owner absent: of anybody
 * @param ownerGroups empty: of any group
 * @param refused values that no job may have, by field; not for {@link QueueField#CPU_TIME}
 */
public record WantedWork(
        Optional<JobId> job,
        Optional<UserName> owner,
        List<GroupName> ownerGroups,
        Map<QueueField, List<String>> refused) {

    /** Whatever it can run. */
    public static final WantedWork ANY = new WantedWork(Optional.empty(), Optional.empty(), List.of(), Map.of());

    public WantedWork {
        ownerGroups = List.copyOf(ownerGroups);
        Map<QueueField, List<String>> copy = new EnumMap<>(QueueField.class);
        refused.forEach((field, values) -> copy.put(field, List.copyOf(values)));
        refused = Map.copyOf(copy);
    }
}
