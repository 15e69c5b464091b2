/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.jobs;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.diracee.client.wire.OperationRecord;
import org.diracee.client.wire.StartJobAction;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.web.live.OperationWait;
import org.diracee.wms.operation.boundary.OperationView;
import org.diracee.wms.operation.boundary.Operations;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/**
 * Does something to all jobs that meet a filter.
 *
 * @see "RFC 7240 4.3"
 */
@Path("api/jobs/actions")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class JobActionsResource {

    private Operations operations;
    private OperationWait wait;
    private Caller caller;

    public JobActionsResource() {} // RESTEasy insists on a public one

    @Inject
    public JobActionsResource(Operations operations, OperationWait wait, Caller caller) {
        this.operations = operations;
        this.wait = wait;
        this.caller = caller;
    }

    @POST
    @APIResponse(
            responseCode = "202",
            description = "The operation goes on; Location says where to look",
            content = @Content(schema = @Schema(implementation = OperationRecord.class)))
    @APIResponse(
            responseCode = "200",
            description = "The operation is over",
            content = @Content(schema = @Schema(implementation = OperationRecord.class)))
    public void startJobAction(
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            @HeaderParam("Prefer") @Nullable String prefer,
            @Parameter(description = "Not possible: refused unless false") @QueryParam("atomic") @DefaultValue("false")
                    boolean atomic,
            @NotNull @Valid StartJobAction request,
            @Suspended AsyncResponse answer,
            @Context HttpServletRequest sent) {
        if (atomic) {
            throw new InvalidRequest(
                    "atomic: an operation works portion by portion and cannot be undone; take the calls on"
                            + " up to 10000 single jobs, as PATCH /api/jobs/status");
        }
        OperationView begun =
                operations.start(caller, OperationRecords.request(request), Optional.ofNullable(idempotencyKey));
        Optional<Integer> seconds = Preference.waiting(prefer);
        wait.answer(sent, caller, begun, seconds.orElse(0), view -> response(view, seconds), answer);
    }

    private static Response response(OperationView view, Optional<Integer> seconds) {
        Response.ResponseBuilder answer = view.state().isEnded()
                ? Response.ok()
                : Response.accepted().location(URI.create("/api/operations/" + view.id()));
        seconds.ifPresent(applied -> answer.header("Preference-Applied", "wait=" + applied));
        return answer.entity(OperationRecords.record(view)).build();
    }
}
