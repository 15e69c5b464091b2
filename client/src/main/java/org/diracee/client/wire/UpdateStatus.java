/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.Size;
import java.util.Optional;
import org.diracee.kernel.value.JobStatus;

/** What somebody reports about a job at one time; what is absent stays as it was. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record UpdateStatus(
        @JsonProperty("Status") Optional<JobStatus> status,
        @JsonProperty("MinorStatus") Optional<@Size(max = 128) String> minorStatus,
        @JsonProperty("ApplicationStatus") Optional<@Size(max = 255) String> applicationStatus,
        @JsonProperty("Source") Optional<@Size(max = 32) String> source) {

    /** A report of status and minor status. */
    public static UpdateStatus of(JobStatus status, String minorStatus, String source) {
        return new UpdateStatus(Optional.of(status), Optional.of(minorStatus), Optional.empty(), Optional.of(source));
    }
}
