/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.matching.control.JobLimits;
import org.diracee.wms.matching.control.RunningJobs;
import org.diracee.wms.taskqueue.boundary.QueueDefinition;

/** Tells which limits hold for jobs, as matching applies them. */
@Stateless
public class MatchingLimits {

    private JobLimits limits;
    private RunningJobs running;
    private ConfigurationService configuration;

    protected MatchingLimits() {} // for the container's proxy

    @Inject
    public MatchingLimits(JobLimits limits, RunningJobs running, ConfigurationService configuration) {
        this.limits = limits;
        this.running = running;
        this.configuration = configuration;
    }

    /** All of the VO's jobs at a site, reached or not. */
    @OpenAccess("the calling service has checked the caller")
    public List<SiteLimit> at(VoName vo, SiteName site, Optional<String> ce) {
        return limits.all(configuration.current(), vo, site, ce);
    }

    /** All of those who own the jobs of the queue, wherever these run, reached or not. */
    @OpenAccess("the calling service has checked the caller")
    public List<QuotaUse> ofOwners(QueueDefinition queue) {
        return running.left(configuration.current(), queue.vo()).use(queue);
    }

    /** How many more jobs each limit leaves to this owner in this group, by whose limit it is; none if there is no limit. */
    @OpenAccess("the calling service has checked the caller")
    public Map<String, Integer> left(VoName vo, UserName owner, GroupName group) {
        return running.left(configuration.current(), vo).left(owner, group);
    }
}
