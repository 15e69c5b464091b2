/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import java.util.Optional;

/**
 * A pilot asks for jobs that fit what it has to offer.
 *
 * @param platform absent: not checked
 * @param cpuTime normalised seconds that are left
 * @param gridCe host name of the computing element
 * @param requiredTags only jobs that ask for all of these
 * @param numberOfProcessors absent: one
 * @param maxRam megabytes; absent: unknown
 * @param jobTypes the only job types wanted; empty: all
 * @param numberOfJobs at most so many; absent: one
 * @param wholeNode whether the pilot has its node for itself; absent: no
 * @param jobId the only job wanted
 * @param owner the only owner whose jobs are wanted
 * @param ownerGroups the only groups whose jobs are wanted; empty: all
 * @param bannedJobTypes job types that are refused
 * @param bannedTags no jobs that ask for one of these
 * @param bannedOwners owners whose jobs are refused
 * @param bannedOwnerGroups groups whose jobs are refused
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RequestJobs(
        @JsonProperty("Site") @NotNull String site,
        @JsonProperty("Platform") Optional<String> platform,
        @JsonProperty("CPUTime") @PositiveOrZero long cpuTime,
        @JsonProperty("GridCE") Optional<String> gridCe,
        @JsonProperty("Tags") List<@NotNull String> tags,
        @JsonProperty("RequiredTags") List<@NotNull String> requiredTags,
        @JsonProperty("NumberOfProcessors") Optional<@Positive Integer> numberOfProcessors,
        @JsonProperty("MaxRAM") Optional<@PositiveOrZero Integer> maxRam,
        @JsonProperty("JobTypes") List<@NotNull String> jobTypes,
        @JsonProperty("NumberOfJobs") Optional<@Positive Integer> numberOfJobs,
        @JsonProperty("WholeNode") Optional<Boolean> wholeNode,
        @JsonProperty("JobID") Optional<@Positive Long> jobId,
        @JsonProperty("Owner") Optional<String> owner,
        @JsonProperty("OwnerGroups") List<@NotNull String> ownerGroups,
        @JsonProperty("BannedJobTypes") List<@NotNull String> bannedJobTypes,
        @JsonProperty("BannedTags") List<@NotNull String> bannedTags,
        @JsonProperty("BannedOwners") List<@NotNull String> bannedOwners,
        @JsonProperty("BannedOwnerGroups") List<@NotNull String> bannedOwnerGroups) {

    public RequestJobs {
        tags = tags == null ? List.of() : tags;
        requiredTags = requiredTags == null ? List.of() : requiredTags;
        jobTypes = jobTypes == null ? List.of() : jobTypes;
        ownerGroups = ownerGroups == null ? List.of() : ownerGroups;
        bannedJobTypes = bannedJobTypes == null ? List.of() : bannedJobTypes;
        bannedTags = bannedTags == null ? List.of() : bannedTags;
        bannedOwners = bannedOwners == null ? List.of() : bannedOwners;
        bannedOwnerGroups = bannedOwnerGroups == null ? List.of() : bannedOwnerGroups;
    }
}
