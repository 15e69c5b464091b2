/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/** That a job came into a status, or told something new about the one it is in. */
public record JobChange(
        @JsonProperty("JobID") long jobId,
        @JsonProperty("Status") String status,
        @JsonProperty("MinorStatus") String minorStatus,
        @JsonProperty("ApplicationStatus") String applicationStatus,
        @JsonProperty("StatusTime") Instant statusTime,
        @JsonProperty("Source") String source,
        @JsonProperty("JobGroup") String jobGroup,
        @JsonProperty("Owner") String owner,
        @JsonProperty("OwnerGroup") String ownerGroup,
        @JsonProperty("VO") String vo) {}
