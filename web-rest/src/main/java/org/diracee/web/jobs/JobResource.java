/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.jobs;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.diracee.client.wire.JobDescription;
import org.diracee.client.wire.JobHeartbeat;
import org.diracee.client.wire.JobLogEntry;
import org.diracee.client.wire.JobView;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.value.JobId;
import org.diracee.wms.job.boundary.JobMonitoring;

/** What is known of one job. */
@Path("api/jobs")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class JobResource {

    private static final String ID = "{id: -?[0-9]+}";

    private JobMonitoring monitoring;
    private Caller caller;

    public JobResource() {} // RESTEasy insists on a public one

    @Inject
    public JobResource(JobMonitoring monitoring, Caller caller) {
        this.monitoring = monitoring;
        this.caller = caller;
    }

    @GET
    @Path(ID)
    public JobView getJob(@PathParam("id") String id) {
        return JobRecords.view(monitoring.job(caller, JobId.parse(id)));
    }

    @GET
    @Path(ID + "/log")
    public List<JobLogEntry> getJobLog(@PathParam("id") String id) {
        return monitoring.log(caller, JobId.parse(id)).stream()
                .map(JobRecords::logged)
                .toList();
    }

    @GET
    @Path(ID + "/parameters")
    public Map<String, String> getJobParameters(@PathParam("id") String id) {
        return monitoring.parameters(caller, JobId.parse(id));
    }

    @GET
    @Path(ID + "/attic")
    public Map<Integer, Map<String, String>> getJobAttic(@PathParam("id") String id) {
        return monitoring.attic(caller, JobId.parse(id));
    }

    @GET
    @Path(ID + "/heartbeats")
    public List<JobHeartbeat> getJobHeartbeats(@PathParam("id") String id) {
        return monitoring.heartbeats(caller, JobId.parse(id)).stream()
                .map(JobRecords::heartbeat)
                .toList();
    }

    @GET
    @Path(ID + "/jdl")
    public JobDescription getJobJdl(
            @PathParam("id") String id, @QueryParam("original") @DefaultValue("false") boolean original) {
        return new JobDescription(monitoring.jdl(caller, JobId.parse(id), original));
    }
}
