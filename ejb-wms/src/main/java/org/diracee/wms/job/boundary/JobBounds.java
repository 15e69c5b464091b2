/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.description.boundary.JobDescriptions;
import org.diracee.wms.job.control.JobLimits;
import org.diracee.wms.job.entity.JobSearchRepository;

/** How much one request about jobs may ask for: the bounds that are enforced, for those who want to know before. */
@ApplicationScoped
public class JobBounds {

    private static final String NO_SECRET = "a bound is no secret";

    private ConfigurationService configuration;

    protected JobBounds() {} // for the container's proxy

    @Inject
    public JobBounds(ConfigurationService configuration) {
        this.configuration = configuration;
    }

    /** Jobs that one request of this VO may submit. */
    @OpenAccess(NO_SECRET)
    public int jobsPerSubmission(VoName vo) {
        return JobDescriptions.maxJobs(configuration.current(), vo);
    }

    /** Jobs that one request may change. */
    @OpenAccess(NO_SECRET)
    public int jobsPerRequest() {
        return JobLimits.JOBS_PER_REQUEST;
    }

    /** Reports about one job in one request. */
    @OpenAccess(NO_SECRET)
    public int reportsPerJob() {
        return JobLimits.REPORTS_PER_JOB;
    }

    /** Characters of a job parameter's value. */
    @OpenAccess(NO_SECRET)
    public int parameterLength() {
        return JobLimits.PARAMETER_LENGTH;
    }

    /** Rows of a summary. */
    @OpenAccess(NO_SECRET)
    public int summaryRows() {
        return JobSearchRepository.SUMMARY_LIMIT;
    }

    /** How long a search may take. */
    @OpenAccess(NO_SECRET)
    public Duration searchTime() {
        return JobSearchRepository.TIME_LIMIT;
    }
}
