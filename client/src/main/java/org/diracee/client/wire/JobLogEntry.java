/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/** One step in the life of a job: its states from that time on, and who said so. */
public record JobLogEntry(
        @JsonProperty("Status") String status,
        @JsonProperty("MinorStatus") String minorStatus,
        @JsonProperty("ApplicationStatus") String applicationStatus,
        @JsonProperty("StatusTime") Instant statusTime,
        @JsonProperty("Source") String source) {}
