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
import java.util.stream.Stream;

/**
 * Who and what is behind an attempt of a job.
 *
 * @param submittedWith credential that the job was submitted with, as kind and id
 * @param submittedFrom address that the job was submitted from
 * @param descriptionHash SHA-256 of the job's description as submitted
 * @param sandboxes checksums of its input sandboxes
 * @param address that the pilot took the job from
 * @param tokens ids of the tokens that were made for the attempt
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record JobTrace(
        long job,
        int attempt,
        String status,
        String vo,
        String user,
        String group,
        @JsonProperty("submitted_with") Optional<String> submittedWith,
        @JsonProperty("submitted_from") Optional<String> submittedFrom,
        @JsonProperty("description_hash") String descriptionHash,
        List<String> sandboxes,
        Optional<String> pilot,
        Optional<String> site,
        Optional<Instant> started,
        Optional<Instant> ended,
        Optional<String> address,
        List<String> tokens) {
    public JobTrace {
        sandboxes = List.copyOf(sandboxes);
        tokens = List.copyOf(tokens);
    }

    /** The same with the tokens that an older page names. */
    public JobTrace withTokensOf(JobTrace older) {
        return new JobTrace(
                job,
                attempt,
                status,
                vo,
                user,
                group,
                submittedWith,
                submittedFrom,
                descriptionHash,
                sandboxes,
                pilot,
                site,
                started,
                ended,
                address,
                Stream.concat(tokens.stream(), older.tokens.stream()).toList());
    }
}
