/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.data;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.diracee.client.wire.CheckedReplica;
import org.diracee.client.wire.DataOperationPage;
import org.diracee.client.wire.DataOperationRecord;
import org.diracee.client.wire.LfnAnswer;
import org.diracee.client.wire.NameFiles;
import org.diracee.client.wire.RemoveReplicas;
import org.diracee.client.wire.ReplicateFiles;
import org.diracee.dms.data.boundary.DataOperation;
import org.diracee.dms.data.boundary.DataOperationKind;
import org.diracee.dms.data.boundary.DataOperationState;
import org.diracee.dms.data.boundary.DataOperations;
import org.diracee.dms.data.boundary.Removals;
import org.diracee.dms.data.boundary.ReplicaChecks;
import org.diracee.dms.data.boundary.Replications;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.paging.Page;
import org.diracee.kernel.paging.PageRequest;
import org.diracee.kernel.value.SeName;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Lets files be removed, replicated and checked, and tells how far that is. */
@Path("api/data")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class DataOperationsResource {

    private static final int NAMED = 1000;

    private Removals removals;
    private Replications replications;
    private ReplicaChecks checks;
    private DataOperations operations;
    private Caller caller;

    public DataOperationsResource() {} // RESTEasy insists on a public one

    @Inject
    public DataOperationsResource(
            Removals removals,
            Replications replications,
            ReplicaChecks checks,
            DataOperations operations,
            Caller caller) {
        this.removals = removals;
        this.replications = replications;
        this.checks = checks;
        this.operations = operations;
        this.caller = caller;
    }

    @POST
    @Path("removals")
    public LfnAnswer<List<Long>> removeStoredFiles(@NotNull @Valid NameFiles request) {
        return DataRecords.answer(removals.removeFiles(caller, DataRecords.lfns(request.lfns())), Function.identity());
    }

    @POST
    @Path("removals/replicas")
    public LfnAnswer<List<Long>> removeStoredReplicas(@NotNull @Valid RemoveReplicas request) {
        return DataRecords.answer(
                removals.removeReplicas(caller, DataRecords.lfns(request.lfns()), new SeName(request.se())),
                Function.identity());
    }

    @POST
    @Path("replications")
    public LfnAnswer<List<Long>> replicateFiles(@NotNull @Valid ReplicateFiles request) {
        return DataRecords.answer(
                replications.replicate(
                        caller,
                        DataRecords.lfns(request.lfns()),
                        new SeName(request.se()),
                        request.source().map(SeName::new),
                        request.move().orElse(false)),
                Function.identity());
    }

    @POST
    @Path("checks")
    public LfnAnswer<List<CheckedReplica>> checkReplicas(@NotNull @Valid NameFiles request) {
        return DataRecords.answer(
                checks.check(caller, DataRecords.lfns(request.lfns())),
                replicas -> replicas.stream().map(DataRecords::checked).toList());
    }

    @GET
    @Path("operations")
    public DataOperationPage listDataOperations(
            @Parameter(description = "Upload, Replication or Removal") @QueryParam("kind") @Nullable String kind,
            @Parameter(description = "Waiting, Running, Cleaning, Done, Failed, Expired or Cancelled")
                    @QueryParam("state")
                    @Nullable
                    String state,
            @Parameter(description = "These operations and no others, whatever their kind and state")
                    @QueryParam("id")
                    @Size(max = NAMED)
                    List<Long> ids,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(PageRequest.MAX_LIMIT) int limit,
            @QueryParam("cursor") @Nullable String cursor) {
        if (!ids.isEmpty()) {
            return new DataOperationPage(
                    operations.find(caller, ids).stream()
                            .map(DataRecords::operation)
                            .toList(),
                    Optional.empty());
        }
        Page<DataOperation> page = operations.list(
                caller,
                Optional.ofNullable(kind).map(DataOperationKind::parse),
                Optional.ofNullable(state).map(DataOperationState::parse),
                new PageRequest(limit, Optional.ofNullable(cursor)));
        return new DataOperationPage(
                page.items().stream().map(DataRecords::operation).toList(), page.next());
    }

    @POST
    @Path("operations/{id}/cancel")
    public DataOperationRecord cancelDataOperation(@PathParam("id") long id) {
        return DataRecords.operation(operations.cancel(caller, id));
    }
}
