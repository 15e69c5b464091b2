/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.explanation.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.paging.PageRequest;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.wms.explanation.boundary.FailureCounts.CountedCause;
import org.diracee.wms.explanation.control.FailureReading;
import org.diracee.wms.explanation.control.FailureReading.EndedJob;
import org.diracee.wms.job.boundary.FoundJobs;
import org.diracee.wms.job.boundary.JobMonitoring;
import org.diracee.wms.job.boundary.JobQuery;

/** Counts why many jobs have failed. */
@Stateless
public class FailureCauses {

    /** Jobs that one call looks at. */
    public static final int MOST_JOBS = PageRequest.MAX_LIMIT;

    private JobMonitoring monitoring;
    private FailureReading failures;

    protected FailureCauses() {} // for the container's proxy

    @Inject
    public FailureCauses(JobMonitoring monitoring, FailureReading failures) {
        this.monitoring = monitoring;
        this.failures = failures;
    }

    /**
     * The causes of those failed and killed jobs that the caller may read and that meet the filters.
     *
     * @param before only jobs with a smaller id
     * @param ids how many are named of each cause
     */
    @Requires({Property.NORMAL_USER, Property.JOB_ADMINISTRATOR, Property.JOB_MONITOR, Property.SERVICE_ADMINISTRATOR})
    public FailureCounts count(Caller caller, List<JobQuery.Filter> filters, Optional<JobId> before, int ids) {
        List<JobQuery.Filter> all = new ArrayList<>(filters);
        all.add(new JobQuery.Filter(
                "Status",
                "in",
                Optional.empty(),
                Optional.of(List.of(JobStatus.FAILED.text(), JobStatus.KILLED.text()))));
        before.ifPresent(
                id -> all.add(new JobQuery.Filter("JobID", "lt", Optional.of(id.toString()), Optional.empty())));
        FoundJobs found = monitoring.search(
                caller,
                new JobQuery(
                        Optional.of(List.of("JobID", "Status", "MinorStatus", "ApplicationStatus")),
                        all,
                        List.of(new JobQuery.Order("JobID", true)),
                        false),
                1,
                MOST_JOBS);
        List<EndedJob> jobs = found.rows().stream().map(FailureCauses::ended).toList();
        Map<JobId, FailureExplanation> classified = failures.classify(jobs);
        Map<FailureCause, List<EndedJob>> byCause = new EnumMap<>(FailureCause.class);
        jobs.forEach(job -> Stream.ofNullable(classified.get(job.id()))
                .forEach(failure -> byCause.computeIfAbsent(failure.cause(), cause -> new ArrayList<>())
                        .add(job)));
        List<CountedCause> causes = byCause.entrySet().stream()
                .map(one -> counted(one.getKey(), one.getValue(), ids))
                .sorted(Comparator.comparingInt(CountedCause::jobs).reversed())
                .toList();
        return new FailureCounts(
                jobs.size(),
                jobs.size() < MOST_JOBS
                        ? Optional.empty()
                        : Optional.of(jobs.get(jobs.size() - 1).id()),
                causes);
    }

    private static CountedCause counted(FailureCause cause, List<EndedJob> jobs, int ids) {
        Map<String, Integer> minors = new HashMap<>();
        jobs.forEach(job -> minors.merge(job.minorStatus(), 1, Integer::sum));
        return new CountedCause(
                cause, jobs.size(), jobs.stream().limit(ids).map(EndedJob::id).toList(), minors);
    }

    private static EndedJob ended(Map<String, Optional<Object>> row) {
        return new EndedJob(
                new JobId(Long.parseLong(text(row, "JobID"))),
                JobStatus.parse(text(row, "Status")),
                text(row, "MinorStatus"),
                text(row, "ApplicationStatus"));
    }

    private static String text(Map<String, Optional<Object>> row, String column) {
        return row.getOrDefault(column, Optional.empty()).map(Object::toString).orElse("");
    }
}
