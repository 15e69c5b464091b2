/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.live;

import jakarta.ws.rs.QueryParam;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.FieldError;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.error.MalformedRequest;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.UserName;
import org.diracee.wms.feed.boundary.WantedChanges;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The query parameters that say which jobs are followed. */
public class FollowedJobs {

    private static final int MOST_JOBS = 10_000;
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,18})(?:-([0-9]{1,18}))?");

    @QueryParam("id")
    @Parameter(description = "Job ids and ranges, as in 1-24,30; at most 10 000 jobs")
    private List<String> ids = List.of();

    @QueryParam("job_group")
    private List<String> jobGroups = List.of();

    @QueryParam("status")
    private List<String> statuses = List.of();

    @QueryParam("owner")
    private @Nullable String owner;

    List<String> statuses() {
        return statuses;
    }

    /** Whether nothing but a status narrows them. */
    boolean isAll() {
        return ids.isEmpty() && jobGroups.isEmpty() && owner == null;
    }

    WantedChanges wanted() {
        Set<JobId> jobs = new HashSet<>();
        ids.stream().flatMap(text -> List.of(text.split(",", -1)).stream()).forEach(part -> add(part.strip(), jobs));
        try {
            return new WantedChanges(
                    jobs,
                    Set.copyOf(jobGroups),
                    statuses.stream().map(JobStatus::parse).collect(Collectors.toSet()),
                    Optional.ofNullable(owner).map(UserName::new));
        } catch (InvalidValue wrong) {
            throw new InvalidRequest(String.valueOf(wrong.getMessage()));
        }
    }

    private static void add(String part, Set<JobId> jobs) {
        Matcher range = RANGE.matcher(part);
        if (!range.matches()) {
            String message = "'" + part + "' is no job id; allowed are numbers and ranges, as in 1-24,30";
            throw new MalformedRequest("id: " + message, List.of(new FieldError("id", message)));
        }
        long first = Long.parseLong(range.group(1));
        long last = range.group(2) == null ? first : Long.parseLong(range.group(2));
        if (first < 1 || last < first) {
            String message = "'" + part + "' names no job; a range begins with its lowest id, 1 or more";
            throw new MalformedRequest("id: " + message, List.of(new FieldError("id", message)));
        }
        if (last - first >= MOST_JOBS - jobs.size()) {
            throw new InvalidRequest(
                    ErrorCode.TOO_MANY_ITEMS,
                    "id: more than " + MOST_JOBS + " jobs; follow their job group, or all and leave out what you do not"
                            + " want");
        }
        for (long id = first; id <= last; id++) {
            jobs.add(new JobId(id));
        }
    }
}
