/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.trace.boundary;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.audit.boundary.AuditRow;
import org.diracee.kernel.value.JobId;

/**
 * Who and what is behind an attempt of a job.
 *
 * @param attempt 0 if no pilot ever took the job
 * @param descriptionHash SHA-256 of the description as submitted
 * @param sandboxes its input sandboxes, whose names are their checksums
 * @param submission the row of the audit log about the submission
 * @param tokens the rows about the tokens that were made for the attempt, the newest first
 */
public record TracedAttempt(
        JobId job,
        int attempt,
        String status,
        String vo,
        String owner,
        String ownerGroup,
        String descriptionHash,
        List<String> sandboxes,
        Optional<String> pilot,
        Optional<String> site,
        Optional<Instant> started,
        Optional<Instant> ended,
        Optional<AuditRow> submission,
        List<AuditRow> tokens) {

    public TracedAttempt {
        sandboxes = List.copyOf(sandboxes);
        tokens = List.copyOf(tokens);
    }
}
