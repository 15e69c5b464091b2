/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.diracee.kernel.value.JobStatus;

/**
 * Receipt for one job of a submission.
 *
 * @param clientRef what the submitter calls it
 * @param warnings what the description asks for and nothing acts on yet; only with the first job of a description
 */
public record SubmittedJob(
        @JsonProperty("JobID") long jobId,
        @JsonProperty("Status") JobStatus status,
        @JsonProperty("MinorStatus") String minorStatus,
        @JsonProperty("TimeStamp") Instant timestamp,

        @JsonProperty("ClientRef") @JsonInclude(JsonInclude.Include.NON_ABSENT)
        Optional<String> clientRef,

        @JsonProperty("Warnings") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<String> warnings) {

    public SubmittedJob {
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
    }
}
