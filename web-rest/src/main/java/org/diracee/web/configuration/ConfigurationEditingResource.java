/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.configuration;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.diracee.client.wire.CommitConfiguration;
import org.diracee.client.wire.CommittedConfiguration;
import org.diracee.client.wire.RollBackConfiguration;
import org.diracee.framework.audit.boundary.RequestOrigin;
import org.diracee.framework.configuration.boundary.CommitOutcome;
import org.diracee.framework.configuration.boundary.ConfigurationEditing;
import org.diracee.kernel.access.Caller;
import org.diracee.web.json.BodyLimit;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;

/** Changes the configuration. */
@Path("api/config")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class ConfigurationEditingResource {

    private static final int LARGEST_DOCUMENT = 32;

    private ConfigurationEditing editing;
    private Caller caller;

    public ConfigurationEditingResource() {} // RESTEasy insists on a public one

    @Inject
    public ConfigurationEditingResource(ConfigurationEditing editing, Caller caller) {
        this.editing = editing;
        this.caller = caller;
    }

    @POST
    @Path("revisions")
    @APIResponseSchema(value = CommittedConfiguration.class, responseCode = "201")
    public Response commitConfiguration(
            @QueryParam("dry_run") @DefaultValue("false") boolean dryRun,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            @NotNull @Valid @BodyLimit(mebibytes = LARGEST_DOCUMENT) CommitConfiguration commit) {
        return answer(
                dryRun
                        ? editing.preview(caller, ConfigurationRecords.proposal(commit))
                        : editing.commit(
                                caller,
                                ConfigurationRecords.proposal(commit),
                                RequestOrigin.current().address(),
                                Optional.ofNullable(idempotencyKey)));
    }

    @POST
    @Path("rollback")
    @APIResponseSchema(value = CommittedConfiguration.class, responseCode = "201")
    public Response rollBackConfiguration(
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            @NotNull @Valid RollBackConfiguration rollback) {
        return answer(editing.rollBack(
                caller,
                rollback.to(),
                rollback.base(),
                rollback.message(),
                RequestOrigin.current().address(),
                Optional.ofNullable(idempotencyKey)));
    }

    /** 201 with the place of the new revision; 200 if nothing was to be written. */
    private static Response answer(CommitOutcome outcome) {
        Response.ResponseBuilder answer = outcome.revision()
                .map(revision -> Response.created(URI.create("api/config/revisions/" + revision.number())))
                .orElseGet(Response::ok);
        return answer.entity(ConfigurationRecords.committed(outcome)).build();
    }
}
