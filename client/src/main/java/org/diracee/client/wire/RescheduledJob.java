/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Optional;
import org.diracee.kernel.value.JobStatus;

/**
 * A job that was sent back to the start.
 *
 * @param inputData always null until jobs have input data
 * @param rescheduleCounter how often this has now happened
 */
public record RescheduledJob(
        @JsonProperty("InputData") Optional<String> inputData,
        @JsonProperty("Site") String site,
        @JsonProperty("UserPriority") int userPriority,
        @JsonProperty("RescheduleTime") Instant rescheduleTime,
        @JsonProperty("RescheduleCounter") int rescheduleCounter,
        @JsonProperty("Status") JobStatus status,
        @JsonProperty("MinorStatus") String minorStatus,
        @JsonProperty("ApplicationStatus") String applicationStatus,
        @JsonProperty("HeartBeatTime") Optional<Instant> heartBeatTime,
        @JsonProperty("StartExecTime") Optional<Instant> startExecTime,
        @JsonProperty("EndExecTime") Optional<Instant> endExecTime,
        @JsonProperty("LastUpdateTime") Optional<Instant> lastUpdateTime) {}
