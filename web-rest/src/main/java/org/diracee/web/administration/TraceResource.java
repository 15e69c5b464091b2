/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.administration;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.diracee.client.wire.Timestamps;
import org.diracee.client.wire.TracePage;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.paging.Page;
import org.diracee.kernel.paging.PageRequest;
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
    public TracePage traceJobs(
            @QueryParam("job") @Nullable Long job,
            @QueryParam("address") @Nullable String address,
            @QueryParam("time") @Nullable String time,
            @QueryParam("limit") @DefaultValue("1000") @Min(1) @Max(PageRequest.MAX_LIMIT) int limit,
            @QueryParam("cursor") @Nullable String cursor) {
        if (job != null && address == null && time == null) {
            return answer(new Page<>(tracing.job(caller, new JobId(job)), Optional.empty()));
        }
        if (job == null && address != null && time != null) {
            return answer(tracing.address(
                    caller, address, Timestamps.parse(time), new PageRequest(limit, Optional.ofNullable(cursor))));
        }
        throw new InvalidRequest("Needed is either job, or address and time");
    }

    private static TracePage answer(Page<TracedAttempt> page) {
        return new TracePage(
                page.items().stream().map(AdministrationRecords::trace).toList(), page.next());
    }
}
