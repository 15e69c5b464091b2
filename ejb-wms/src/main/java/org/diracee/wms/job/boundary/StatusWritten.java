/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.Problem;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;

/** What a report changed in a job; empty where the job stayed as it was. */
public record StatusWritten(
        Optional<JobStatus> status,
        Optional<String> minorStatus,
        Optional<String> applicationStatus,
        Optional<Instant> heartBeatTime,
        Optional<Instant> startExecTime,
        Optional<Instant> endExecTime,
        Optional<Instant> lastUpdateTime) {

    /**
     * What was written, with the jobs counted among the failed that are not in the status that the last report about them names.
     */
    public static BulkResult<JobId, StatusWritten> reached(
            Map<JobId, Map<Instant, StatusReport>> reports, BulkResult<JobId, StatusWritten> written) {
        Map<JobId, StatusWritten> success = new LinkedHashMap<>();
        Map<JobId, Problem> failed = new LinkedHashMap<>(written.failed());
        written.success().forEach((job, outcome) -> {
            Optional<JobStatus> wanted = reports.getOrDefault(job, Map.of()).entrySet().stream()
                    .max(Map.Entry.comparingByKey())
                    .flatMap(last -> last.getValue().status());
            Optional<JobStatus> other = outcome.status().filter(status -> status != wanted.orElse(status));
            if (wanted.isPresent() && outcome.status().isEmpty()) {
                failed.put(
                        job,
                        new Problem(
                                ErrorCode.CONFLICT,
                                "Job " + job + " has been reported about later already, so it stayed as it was"));
            } else if (other.isPresent()) {
                String detail = "Job " + job + " is " + other.get() + ", not " + wanted.orElseThrow();
                failed.put(job, new Problem(ErrorCode.CONFLICT, detail));
            } else {
                success.put(job, outcome);
            }
        });
        return new BulkResult<>(success, failed);
    }
}
