/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.jobs;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.client.wire.JobHistory;
import org.diracee.client.wire.Search;
import org.diracee.client.wire.SearchHistory;
import org.diracee.client.wire.SubmittedJob;
import org.diracee.client.wire.Summarize;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.paging.PageRequest;
import org.diracee.web.identity.Reauthentication;
import org.diracee.web.identity.Reauthentication.Standing;
import org.diracee.web.json.BodyLimit;
import org.diracee.web.json.OptionalBody;
import org.diracee.wms.job.boundary.JobMonitoring;
import org.diracee.wms.job.boundary.JobQuery;
import org.diracee.wms.job.boundary.JobSlice;
import org.diracee.wms.job.boundary.JobSubmission;
import org.diracee.wms.job.boundary.OpenExports;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;

/** Submits and finds jobs. */
@Path("api/jobs")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class JobsResource {

    /** The largest body of a submission. */
    public static final int LARGEST_SUBMISSION_MEBIBYTES = 32;

    static final String NDJSON = "application/x-ndjson";
    static final String CSV = "text/csv";

    private JobSubmission submission;
    private JobMonitoring monitoring;
    private OpenExports exports;
    private Reauthentication reauthentication;
    private Caller caller;

    public JobsResource() {} // RESTEasy insists on a public one

    @Inject
    public JobsResource(
            JobSubmission submission,
            JobMonitoring monitoring,
            OpenExports exports,
            Reauthentication reauthentication,
            Caller caller) {
        this.submission = submission;
        this.monitoring = monitoring;
        this.exports = exports;
        this.reauthentication = reauthentication;
        this.caller = caller;
    }

    @POST
    @Path("jdl")
    @APIResponseSchema(value = SubmittedJob[].class, responseCode = "201")
    public Response submitJdlJobs(
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            @NotNull @BodyLimit(mebibytes = LARGEST_SUBMISSION_MEBIBYTES) List<@NotNull String> jdls) {
        return created(submission.submit(caller, jdls, Optional.ofNullable(idempotencyKey)));
    }

    @POST
    @APIResponseSchema(value = SubmittedJob[].class, responseCode = "201")
    public Response submitJobs(
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            @NotNull @BodyLimit(mebibytes = LARGEST_SUBMISSION_MEBIBYTES)
                    List<@NotNull Map<String, Object>> descriptions) {
        return created(submission.submitObjects(caller, descriptions, Optional.ofNullable(idempotencyKey)));
    }

    private static Response created(List<org.diracee.wms.job.boundary.SubmittedJob> submitted) {
        return Response.status(Response.Status.CREATED)
                .entity(submitted.stream().map(JobRecords::submitted).toList())
                .build();
    }

    @POST
    @Path("search")
    @Produces({MediaType.APPLICATION_JSON, NDJSON, CSV})
    @APIResponse(
            responseCode = "200",
            description = "All that match; as NDJSON or CSV without pages, in the order of JobID",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Map[].class)),
                @Content(mediaType = NDJSON, schema = @Schema(implementation = String.class)),
                @Content(mediaType = CSV, schema = @Schema(implementation = String.class))
            })
    @APIResponse(
            responseCode = "206",
            description = "A part of what matches; Content-Range says which",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Map[].class)))
    @APIResponse(
            responseCode = "416",
            description = "Past the end of what matches",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Map[].class)))
    public Response search(
            @QueryParam("page") @DefaultValue("1") @Min(1) int page,
            @QueryParam("per_page") @DefaultValue("100") @Min(1) @Max(PageRequest.MAX_LIMIT) int perPage,
            @OptionalBody @Valid @Nullable Search search,
            @Context HttpHeaders headers,
            @Context HttpServletRequest request) {
        JobQuery query = SearchRecords.query(search);
        Optional<ExportFormat> export = ExportFormat.preferred(headers.getAcceptableMediaTypes());
        if (export.isEmpty()) {
            return SearchRecords.answer(monitoring.search(caller, query, page, perPage));
        }
        exports.begin(caller);
        try {
            return export(query, export.get(), reauthentication.of(request, caller));
        } catch (RuntimeException | Error failure) {
            exports.end(caller);
            throw failure;
        }
    }

    private Response export(JobQuery query, ExportFormat format, Standing standing) {
        JobSlice first = monitoring.slice(caller, query, Optional.empty(), JobExport.SLICE);
        JobExport body = new JobExport(
                format,
                first,
                after -> monitoring.slice(caller, query, Optional.of(after), JobExport.SLICE),
                standing,
                () -> exports.end(caller));
        return Response.ok(body, format.type().withCharset("utf-8")).build();
    }

    @POST
    @Path("summary")
    public List<Map<String, Object>> summary(@NotNull @Valid Summarize request) {
        return monitoring.summary(caller, request.grouping(), SearchRecords.filters(request.search())).stream()
                .map(SearchRecords::counted)
                .toList();
    }

    @POST
    @Path("history")
    public JobHistory history(@NotNull @Valid SearchHistory request) {
        return SearchRecords.history(monitoring.history(caller, SearchRecords.query(request)));
    }
}
