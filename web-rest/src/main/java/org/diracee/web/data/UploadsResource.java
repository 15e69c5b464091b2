/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.data;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.diracee.client.wire.BulkAnswer;
import org.diracee.client.wire.CommitUploads;
import org.diracee.client.wire.LfnAnswer;
import org.diracee.client.wire.PlanUploads;
import org.diracee.client.wire.PlannedUpload;
import org.diracee.dms.data.boundary.Uploads;
import org.diracee.framework.configuration.boundary.Deployment;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.error.MalformedRequest;
import org.jspecify.annotations.Nullable;

/** Announces uploads, takes their bytes where nobody else does, and commits them. */
@Path("api/data/uploads")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class UploadsResource {

    private Uploads uploads;
    private Deployment deployment;
    private Caller caller;

    public UploadsResource() {} // RESTEasy insists on a public one

    @Inject
    public UploadsResource(Uploads uploads, Deployment deployment, Caller caller) {
        this.uploads = uploads;
        this.deployment = deployment;
        this.caller = caller;
    }

    @POST
    public LfnAnswer<PlannedUpload> planUploads(@NotNull @Valid PlanUploads request) {
        return DataRecords.answer(
                uploads.plan(
                        caller, request.files().stream().map(DataRecords::offer).toList()),
                new DataRecords(deployment.publicUrl())::planned);
    }

    @POST
    @Path("commit")
    public BulkAnswer<String> commitUploads(@NotNull @Valid CommitUploads request) {
        return DataRecords.committed(uploads.commit(caller, request.ids()));
    }

    @PUT
    @Path("{id}/content")
    @Consumes(MediaType.WILDCARD)
    public Response sendUpload(
            @PathParam("id") long id,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Nullable Long length,
            InputStream content) {
        if (length == null) {
            throw new MalformedRequest("The header Content-Length is missing: how many bytes come?");
        }
        // not closed: that would read on to the end of what was refused
        uploads.receive(caller, id, length, content);
        return Response.noContent().build();
    }
}
