/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.jobs;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.diracee.client.wire.BulkAnswer;
import org.diracee.client.wire.JobCommand;
import org.diracee.client.wire.MatchedJobs;
import org.diracee.client.wire.RequestJobs;
import org.diracee.client.wire.SendHeartbeat;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.value.JobId;
import org.diracee.web.error.NothingSucceeded;
import org.diracee.wms.job.boundary.JobStateUpdate;
import org.diracee.wms.matching.boundary.Matcher;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** What pilots and wrappers do with the jobs they run. */
@Path("api/jobs")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class RunningJobsResource {

    /** Answer header with a token that follows the wrapper's present one. */
    static final String NEXT_TOKEN = "DIRAC-Job-Token";

    private static final int NOT_FOUND = 404;

    private Matcher matcher;
    private JobStateUpdate stateUpdate;
    private Caller caller;
    private Clock clock;

    public RunningJobsResource() {} // RESTEasy insists on a public one

    @Inject
    public RunningJobsResource(Matcher matcher, JobStateUpdate stateUpdate, Caller caller, Clock clock) {
        this.matcher = matcher;
        this.stateUpdate = stateUpdate;
        this.caller = caller;
        this.clock = clock;
    }

    @POST
    @Path("match")
    public MatchedJobs matchJobs(@NotNull @Valid RequestJobs request) {
        return new MatchedJobs(
                matcher
                        .match(
                                caller,
                                JobRecords.resource(request),
                                request.numberOfJobs().orElse(1))
                        .stream()
                        .map(JobRecords::matched)
                        .toList());
    }

    @PATCH
    @Path("heartbeat")
    @APIResponseSchema(value = JobCommand[].class, responseCode = "200")
    public Response addHeartbeat(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @NotNull Map<Long, @NotNull @Valid SendHeartbeat> beats) {
        BulkResult<JobId, List<org.diracee.wms.job.boundary.JobCommand>> kept =
                stateUpdate.heartbeat(caller, JobRecords.byJob(beats, JobRecords::heartBeat));
        if (kept.success().isEmpty() && !kept.failed().isEmpty()) {
            BulkAnswer<List<JobCommand>> answer = JobRecords.answer(kept, RunningJobsResource::commands);
            throw new NothingSucceeded(NOT_FOUND, kept.failed().values(), answer);
        }
        Response.ResponseBuilder answer = Response.ok(kept.success().values().stream()
                .flatMap(List::stream)
                .map(JobRecords::command)
                .toList());
        if (caller instanceof Caller.Job && TokenAge.isPastHalf(authorization, clock.instant())) {
            answer.header(NEXT_TOKEN, matcher.renewToken(caller).token());
        }
        return answer.build();
    }

    private static List<JobCommand> commands(List<org.diracee.wms.job.boundary.JobCommand> commands) {
        return commands.stream().map(JobRecords::command).toList();
    }
}
