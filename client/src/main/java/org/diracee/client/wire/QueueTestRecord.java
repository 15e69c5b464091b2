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

/**
 * A test of a queue by a real pilot with a real job.
 *
 * @param vo whose pilot and job they are
 * @param author name of who asked for it
 * @param ended when its outcome was certain
 * @param failure why it failed; absent while it goes on and if all went well
 * @param pilot stamp of the pilot
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record QueueTestRecord(
        long id,
        String site,
        String ce,
        String queue,
        String vo,
        String author,
        Instant started,
        Optional<Instant> ended,
        Optional<String> failure,
        Optional<String> pilot,
        @JsonProperty("job_id") Optional<Long> jobId,
        List<QueueTestStepRecord> steps) {
    public QueueTestRecord {
        steps = List.copyOf(steps);
    }
}
