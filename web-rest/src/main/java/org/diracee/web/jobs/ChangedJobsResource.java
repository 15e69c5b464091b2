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
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.diracee.client.wire.BulkAnswer;
import org.diracee.client.wire.RescheduleJobs;
import org.diracee.client.wire.RescheduledJob;
import org.diracee.client.wire.UpdateStatus;
import org.diracee.client.wire.UpdatedStatus;
import org.diracee.framework.bulk.boundary.AllOrNone;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.value.JobId;
import org.diracee.web.error.NothingSucceeded;
import org.diracee.wms.job.boundary.JobManager;
import org.diracee.wms.job.boundary.JobStateUpdate;
import org.diracee.wms.job.boundary.StatusReport;
import org.diracee.wms.job.boundary.StatusWritten;

/** Changes many jobs at once. */
@Path("api/jobs")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class ChangedJobsResource {

    private static final int NOT_FOUND = 404;
    private static final int BAD_REQUEST = 400;

    private JobStateUpdate stateUpdate;
    private JobManager manager;
    private AllOrNone allOrNone;
    private Caller caller;

    public ChangedJobsResource() {} // RESTEasy insists on a public one

    @Inject
    public ChangedJobsResource(JobStateUpdate stateUpdate, JobManager manager, AllOrNone allOrNone, Caller caller) {
        this.stateUpdate = stateUpdate;
        this.manager = manager;
        this.allOrNone = allOrNone;
        this.caller = caller;
    }

    @PATCH
    @Path("status")
    public BulkAnswer<UpdatedStatus> setJobStatuses(
            @QueryParam("force") @DefaultValue("false") boolean force,
            @QueryParam("atomic") @DefaultValue("false") boolean atomic,
            @NotNull Map<Long, @NotNull Map<Instant, @NotNull @Valid UpdateStatus>> updates) {
        Map<JobId, Map<Instant, StatusReport>> reports = JobRecords.byJob(updates, JobRecords::reports);
        BulkResult<JobId, StatusWritten> written = allOrNone.carryOut(atomic, () -> {
            BulkResult<JobId, StatusWritten> all = stateUpdate.status(caller, reports, force);
            return atomic ? StatusWritten.reached(reports, all) : all;
        });
        BulkAnswer<UpdatedStatus> answer = JobRecords.answer(written, JobRecords::updated);
        requireSuccess(written, answer, NOT_FOUND);
        return answer;
    }

    @POST
    @Path("reschedule")
    public BulkAnswer<RescheduledJob> rescheduleJobs(
            @QueryParam("reset_jobs") @DefaultValue("false") boolean reset,
            @QueryParam("atomic") @DefaultValue("false") boolean atomic,
            @NotNull @Valid RescheduleJobs request) {
        BulkResult<JobId, org.diracee.wms.job.boundary.RescheduledJob> rescheduled =
                allOrNone.carryOut(atomic, () -> manager.reschedule(caller, JobRecords.ids(request.jobIds()), reset));
        BulkAnswer<RescheduledJob> answer = JobRecords.answer(rescheduled, JobRecords::rescheduled);
        requireSuccess(rescheduled, answer, BAD_REQUEST);
        return answer;
    }

    @PATCH
    @Path("metadata")
    public void patchMetadata(
            @QueryParam("atomic") @DefaultValue("false") boolean atomic,
            @NotNull Map<Long, @NotNull Map<String, @NotNull Object>> values) {
        Map<JobId, Map<String, String>> texts = JobRecords.byJob(values, MetadataRecords::texts);
        BulkResult<JobId, Boolean> written = allOrNone.carryOut(atomic, () -> stateUpdate.metadata(caller, texts));
        // an empty answer cannot say that a part has failed
        if (!written.failed().isEmpty()) {
            throw new NothingSucceeded(
                    NOT_FOUND, written.failed().values(), JobRecords.answer(written, Function.identity()));
        }
    }

    private static void requireSuccess(BulkResult<JobId, ?> result, BulkAnswer<?> answer, int status) {
        if (result.success().isEmpty() && !result.failed().isEmpty()) {
            throw new NothingSucceeded(status, result.failed().values(), answer);
        }
    }
}
