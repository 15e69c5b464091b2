/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Optional;
import org.diracee.kernel.value.JobStatus;

/** What a report changed in a job; null where it stayed as it was. */
public record UpdatedStatus(
        @JsonProperty("Status") Optional<JobStatus> status,
        @JsonProperty("MinorStatus") Optional<String> minorStatus,
        @JsonProperty("ApplicationStatus") Optional<String> applicationStatus,
        @JsonProperty("HeartBeatTime") Optional<Instant> heartBeatTime,
        @JsonProperty("StartExecTime") Optional<Instant> startExecTime,
        @JsonProperty("EndExecTime") Optional<Instant> endExecTime,
        @JsonProperty("LastUpdateTime") Optional<Instant> lastUpdateTime) {}
