/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.administration;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.diracee.client.wire.JobTrace;
import org.diracee.client.wire.Timestamps;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.JobId;
import org.diracee.wms.trace.boundary.JobTracing;
import org.diracee.wms.trace.boundary.TracedAttempt;
import org.jspecify.annotations.Nullable;

/** Tells administrators who is behind a job, or behind what came from a worker node. */
@Path("api/audit/trace")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class TraceResource {

    private JobTracing tracing;
    private Caller caller;

    public TraceResource() {} // RESTEasy insists on a public one

    @Inject
    public TraceResource(JobTracing tracing, Caller caller) {
        this.tracing = tracing;
        this.caller = caller;
    }

    @GET
    public List<JobTrace> traceJobs(
            @QueryParam("job") @Nullable Long job,
            @QueryParam("address") @Nullable String address,
            @QueryParam("time") @Nullable String time) {
        if (job != null && address == null && time == null) {
            return answer(tracing.job(caller, new JobId(job)));
        }
        if (job == null && address != null && time != null) {
            return answer(tracing.address(caller, address, Timestamps.parse(time)));
        }
        throw new InvalidRequest("Needed is either job, or address and time");
    }

    private static List<JobTrace> answer(List<TracedAttempt> attempts) {
        return attempts.stream().map(AdministrationRecords::trace).toList();
    }
}
