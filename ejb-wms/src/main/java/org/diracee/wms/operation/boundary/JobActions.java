/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.operation.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.error.Problem;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.wms.job.boundary.JobManager;
import org.diracee.wms.job.boundary.JobStateUpdate;
import org.diracee.wms.job.boundary.StatusReport;
import org.diracee.wms.job.boundary.StatusWritten;

/** Does an action to jobs by the services that do it to single ones. */
@ApplicationScoped
public class JobActions {

    private JobStateUpdate stateUpdate;
    private JobManager manager;
    private Clock clock;

    protected JobActions() {} // for the container's proxy

    @Inject
    public JobActions(JobStateUpdate stateUpdate, JobManager manager, Clock clock) {
        this.stateUpdate = stateUpdate;
        this.manager = manager;
        this.clock = clock;
    }

    /** Tells the jobs to which it could not be done. */
    @OpenAccess("the services that are called check the user")
    public Map<JobId, Problem> act(Caller.User user, StartAction request, List<JobId> jobs) {
        return switch (request.action()) {
            case KILL -> report(user, jobs, JobStatus.KILLED, "Marked for termination");
            case DELETE -> report(user, jobs, JobStatus.DELETED, "Checking accounting");
            case RESCHEDULE -> manager.reschedule(user, jobs, false).failed();
            case SET_PRIORITY -> setPriority(user, jobs, request.priority().orElseThrow());
        };
    }

    private Map<JobId, Problem> report(Caller.User user, List<JobId> jobs, JobStatus wanted, String minorStatus) {
        Map<Instant, StatusReport> report =
                Map.of(clock.instant(), StatusReport.of(wanted, minorStatus, "User: " + user.username()));
        Map<JobId, Map<Instant, StatusReport>> reports = new LinkedHashMap<>();
        jobs.forEach(job -> reports.put(job, report));
        return StatusWritten.reached(reports, stateUpdate.status(user, reports, false))
                .failed();
    }

    private Map<JobId, Problem> setPriority(Caller.User user, List<JobId> jobs, int priority) {
        Map<JobId, Map<String, String>> values = new LinkedHashMap<>();
        jobs.forEach(job -> values.put(job, Map.of("UserPriority", Integer.toString(priority))));
        return stateUpdate.metadata(user, values).failed();
    }
}
