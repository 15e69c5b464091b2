/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.kernel.value.JobStatus;

/**
 * All that is known of one job but its log and its description.
 *
 * @param clientRef what its submitter calls it
 * @param attempt hand-outs so far
 * @param pilotStamp the pilot that holds or held the current attempt
 * @param parameters job parameters by name
 * @param warnings what the description asks for and nothing acts on yet
 */
public record JobView(
        @JsonProperty("JobID") long jobId,
        @JsonProperty("JobType") String jobType,
        @JsonProperty("JobGroup") String jobGroup,
        @JsonProperty("Site") String site,
        @JsonProperty("JobName") String jobName,

        @JsonProperty("ClientRef") @JsonInclude(JsonInclude.Include.NON_ABSENT)
        Optional<String> clientRef,

        @JsonProperty("Owner") String owner,
        @JsonProperty("OwnerGroup") String ownerGroup,
        @JsonProperty("VO") String vo,
        @JsonProperty("SubmissionTime") Instant submissionTime,
        @JsonProperty("RescheduleTime") Optional<Instant> rescheduleTime,
        @JsonProperty("LastUpdateTime") Optional<Instant> lastUpdateTime,
        @JsonProperty("StartExecTime") Optional<Instant> startExecTime,
        @JsonProperty("HeartBeatTime") Optional<Instant> heartBeatTime,
        @JsonProperty("EndExecTime") Optional<Instant> endExecTime,
        @JsonProperty("Status") JobStatus status,
        @JsonProperty("MinorStatus") String minorStatus,
        @JsonProperty("ApplicationStatus") String applicationStatus,
        @JsonProperty("UserPriority") int userPriority,
        @JsonProperty("RescheduleCounter") int rescheduleCounter,
        @JsonProperty("VerifiedFlag") boolean verifiedFlag,
        @JsonProperty("AccountedFlag") boolean accountedFlag,
        @JsonProperty("Attempt") int attempt,
        @JsonProperty("PilotStamp") Optional<String> pilotStamp,
        @JsonProperty("Parameters") Map<String, String> parameters,
        @JsonProperty("Warnings") List<String> warnings) {}
