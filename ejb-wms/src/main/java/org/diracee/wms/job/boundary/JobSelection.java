/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.wms.job.control.InvalidSearch;
import org.diracee.wms.job.control.JobPolicy;
import org.diracee.wms.job.entity.JobColumn;
import org.diracee.wms.job.entity.JobCondition;
import org.diracee.wms.job.entity.JobSearchRepository;

/** Finds the jobs that meet a filter among those that a user may change, portion by portion in the order of their ids. */
@ApplicationScoped
public class JobSelection {

    private static final String INTERNAL = "narrows what is found to what the user may change; the caller is checked";

    private JobSearchRepository search;

    protected JobSelection() {} // for the container's proxy

    @Inject
    public JobSelection(JobSearchRepository search) {
        this.search = search;
    }

    /**
     * Looks how many jobs there are now, unless that takes long.
     *
     * @throws InvalidSearch if a filter makes no sense
     */
    @OpenAccess(INTERNAL)
    public Extent extent(Caller.User user, List<JobQuery.Filter> filters, Set<JobStatus> statuses) {
        List<JobCondition> conditions = conditions(user, filters, statuses);
        long newest = search.newestId();
        boolean counted = conditions.stream().allMatch(JobCondition::isCounted);
        return new Extent(
                counted ? OptionalLong.of(search.countFromCounters(conditions)) : search.countIfQuick(conditions),
                newest);
    }

    /** The next jobs with ids above {@code after} and up to {@code last}, locked until the transaction ends. */
    @OpenAccess(INTERNAL)
    public List<JobId> lockNext(
            Caller.User user,
            List<JobQuery.Filter> filters,
            Set<JobStatus> statuses,
            long after,
            long last,
            int limit) {
        return search.lockNext(conditions(user, filters, statuses), after, last, limit);
    }

    private List<JobCondition> conditions(Caller.User user, List<JobQuery.Filter> filters, Set<JobStatus> statuses) {
        List<JobCondition> conditions = new ArrayList<>(JobPolicy.changeableBy(user));
        conditions.addAll(JobFilters.conditions(filters, search));
        conditions.add(new JobCondition.Texts(
                JobColumn.STATUS,
                statuses.stream().sorted().map(JobStatus::text).toList(),
                false));
        return conditions;
    }

    /**
     * What a filter found.
     *
     * @param jobs how many; empty if that is not known
     * @param newest the highest id that any job has
     */
    public record Extent(OptionalLong jobs, long newest) {}
}
