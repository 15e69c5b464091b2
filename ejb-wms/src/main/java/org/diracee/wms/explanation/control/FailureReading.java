/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.explanation.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.wms.explanation.boundary.FailureExplanation;
import org.diracee.wms.explanation.entity.ExplanationRepository;
import org.diracee.wms.explanation.entity.ExplanationRepository.Remains;

/** Classifies failed jobs, one or many, by what is stored of them. */
@ApplicationScoped
public class FailureReading {

    private static final Remains NOTHING = new Remains(Optional.empty(), Optional.empty());

    private ExplanationRepository rows;

    protected FailureReading() {} // for the container's proxy

    @Inject
    public FailureReading(ExplanationRepository rows) {
        this.rows = rows;
    }

    /** A job that did not end well, as its row says. */
    public record EndedJob(JobId id, JobStatus status, String minorStatus, String applicationStatus) {}

    /** Why each of them failed, in their order. */
    public Map<JobId, FailureExplanation> classify(List<EndedJob> jobs) {
        Map<JobId, Remains> remains =
                rows.remains(jobs.stream().map(EndedJob::id).toList());
        List<JobId> given = new ArrayList<>();
        for (EndedJob job : jobs) {
            if (job.minorStatus().equals(FailureRules.RESCHEDULED_TOO_OFTEN)) {
                given.add(job.id());
            }
        }
        Map<JobId, List<String>> minors = given.isEmpty() ? Map.of() : rows.minorStatuses(given);
        Map<JobId, FailureExplanation> classified = new LinkedHashMap<>();
        for (EndedJob job : jobs) {
            Remains left = remains.getOrDefault(job.id(), NOTHING);
            classified.put(
                    job.id(),
                    FailureRules.classify(new FailedJob(
                            job.status(),
                            job.minorStatus(),
                            job.applicationStatus(),
                            left.exitCode(),
                            left.pilotStatus(),
                            minors.getOrDefault(job.id(), List.of()))));
        }
        return classified;
    }
}
