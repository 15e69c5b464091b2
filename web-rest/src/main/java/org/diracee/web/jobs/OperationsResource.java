/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.jobs;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.diracee.client.wire.OperationPage;
import org.diracee.client.wire.OperationProblemPage;
import org.diracee.client.wire.OperationRecord;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.paging.Page;
import org.diracee.kernel.paging.PageRequest;
import org.diracee.wms.operation.boundary.ItemProblem;
import org.diracee.wms.operation.boundary.OperationView;
import org.diracee.wms.operation.boundary.Operations;
import org.jspecify.annotations.Nullable;

/** How long work goes, and its end before time. */
@Path("api/operations")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class OperationsResource {

    private Operations operations;
    private Caller caller;

    public OperationsResource() {} // RESTEasy insists on a public one

    @Inject
    public OperationsResource(Operations operations, Caller caller) {
        this.operations = operations;
        this.caller = caller;
    }

    @GET
    public OperationPage listOperations(
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(PageRequest.MAX_LIMIT) int limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Page<OperationView> page = operations.mine(caller, new PageRequest(limit, Optional.ofNullable(cursor)));
        return new OperationPage(
                page.items().stream().map(OperationRecords::record).toList(), page.next());
    }

    @GET
    @Path("{id}")
    public OperationRecord getOperation(@PathParam("id") long id) {
        return OperationRecords.record(operations.operation(caller, id));
    }

    @GET
    @Path("{id}/problems")
    public OperationProblemPage getOperationProblems(
            @PathParam("id") long id,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(PageRequest.MAX_LIMIT) int limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Page<ItemProblem> page = operations.problems(caller, id, new PageRequest(limit, Optional.ofNullable(cursor)));
        return new OperationProblemPage(
                page.items().stream().map(OperationRecords::record).toList(), page.next());
    }

    @DELETE
    @Path("{id}")
    public OperationRecord cancelOperation(@PathParam("id") long id) {
        return OperationRecords.record(operations.cancel(caller, id));
    }
}
