/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.job.boundary.ReadableJobs;
import org.diracee.wms.job.entity.JobColumn;
import org.diracee.wms.job.entity.JobCondition;

/**
 * What a user may read of jobs: nothing outside his VO, except as administrator of the installation; inside it all jobs,
 * or only his own if the VO keeps them apart.
 *
 * @param user who reads
 * @param globalJobsInfo whether the VO lets everybody read about all its jobs
 * @param onlyAt the sites of a site administrator, who reads about the jobs of all VOs there and no others
 * @see "WMS reference 5"
 * @see "DiracX REST reference 5"
 */
public record JobReading(Caller.User user, boolean globalJobsInfo, Optional<Set<SiteName>> onlyAt) {

    /** The conditions that are added to every search of the user. */
    public List<JobCondition> narrowing() {
        if (onlyAt.isPresent()) {
            return List.of(new JobCondition.Texts(JobColumn.SITE, names(onlyAt.get()), false));
        }
        ReadableJobs readable = readable();
        List<JobCondition> conditions = new ArrayList<>();
        readable.vo().ifPresent(vo -> conditions.add(only(JobColumn.VO, vo.text())));
        readable.owner().ifPresent(owner -> conditions.add(only(JobColumn.OWNER, owner.text())));
        return conditions;
    }

    /** The same in words of the domain. */
    public ReadableJobs readable() {
        if (isNarrowed()) {
            return new ReadableJobs(Optional.of(user.vo()), Optional.of(user.username()));
        }
        return new ReadableJobs(
                user.has(Property.SERVICE_ADMINISTRATOR) ? Optional.empty() : Optional.of(user.vo()), Optional.empty());
    }

    /** Whether the user may read about a job of this owner, for now at this site. */
    public boolean allows(VoName vo, UserName owner, GroupName ownerGroup, String site) {
        if (onlyAt.isPresent()) {
            return onlyAt.get().stream().anyMatch(managed -> managed.text().equals(site));
        }
        if (!vo.equals(user.vo())) {
            return !isNarrowed() && user.has(Property.SERVICE_ADMINISTRATOR);
        }
        return !isNarrowed()
                || owner.equals(user.username())
                || (user.has(Property.JOB_SHARING) && ownerGroup.equals(user.group()));
    }

    /** Whether the user may not even know which jobs exist beside his own. */
    public boolean isNarrowed() {
        return !globalJobsInfo && !user.has(Property.JOB_ADMINISTRATOR) && !user.has(Property.JOB_MONITOR);
    }

    /** Without a site the name of none, which no job has. */
    private static List<String> names(Set<SiteName> sites) {
        return Stream.concat(Stream.of(""), sites.stream().map(SiteName::text)).toList();
    }

    private static JobCondition only(JobColumn column, String value) {
        return new JobCondition.Texts(column, List.of(value), false);
    }
}
