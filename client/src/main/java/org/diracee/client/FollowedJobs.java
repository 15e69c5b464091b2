/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import java.util.List;
import java.util.Optional;

/**
 * Which jobs are followed; what is empty narrows nothing.
 *
 * @param ids ids and ranges, as in {@code 1-24,30}
 */
public record FollowedJobs(String ids, List<String> jobGroups, List<String> statuses, Optional<String> owner) {

    public FollowedJobs {
        jobGroups = List.copyOf(jobGroups);
        statuses = List.copyOf(statuses);
    }

    ApiRequest in(ApiRequest request) {
        ApiRequest narrowed = ids.isEmpty() ? request : request.query("id", ids);
        for (String group : jobGroups) {
            narrowed = narrowed.query("job_group", group);
        }
        for (String status : statuses) {
            narrowed = narrowed.query("status", status);
        }
        return owner.isEmpty() ? narrowed : narrowed.query("owner", owner.get());
    }
}
