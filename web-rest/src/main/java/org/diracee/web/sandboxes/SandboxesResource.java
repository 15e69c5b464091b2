/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.sandboxes;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.diracee.client.wire.AnnounceSandbox;
import org.diracee.client.wire.AnnouncedSandbox;
import org.diracee.client.wire.SandboxLink;
import org.diracee.client.wire.UnassignSandboxes;
import org.diracee.framework.configuration.boundary.Deployment;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.error.MalformedRequest;
import org.diracee.kernel.value.JobId;
import org.diracee.wms.sandbox.boundary.SandboxAnnouncement;
import org.diracee.wms.sandbox.boundary.SandboxFormat;
import org.diracee.wms.sandbox.boundary.SandboxPfn;
import org.diracee.wms.sandbox.boundary.SandboxStore;
import org.diracee.wms.sandbox.boundary.SandboxUpload;
import org.diracee.wms.sandbox.boundary.Transfer;
import org.jspecify.annotations.Nullable;

/**
 * Announces sandboxes and gives links to them.
 *
 * @see "DiracX REST reference 8"
 */
@Path("api/jobs/sandbox")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class SandboxesResource {

    private SandboxStore store;
    private Deployment deployment;
    private Caller caller;
    private Clock clock;

    public SandboxesResource() {} // RESTEasy insists on a public one

    @Inject
    public SandboxesResource(SandboxStore store, Deployment deployment, Caller caller, Clock clock) {
        this.store = store;
        this.deployment = deployment;
        this.caller = caller;
        this.clock = clock;
    }

    @POST
    public AnnouncedSandbox initiateSandboxUpload(@NotNull @Valid AnnounceSandbox request) {
        SandboxFormat format = SandboxFormat.ofWireName(request.format())
                .orElseThrow(() -> new MalformedRequest("format: unknown is " + request.format()));
        SandboxUpload upload =
                store.initiate(caller, new SandboxAnnouncement(request.checksum(), request.size(), format));
        Optional<Transfer> transfer = upload.transfer();
        return new AnnouncedSandbox(
                upload.pfn().reference(),
                transfer.map(given -> TransferLinks.uploadUrl(deployment.publicUrl(), given))
                        .orElse(null),
                transfer.map(TransferLinks::fields).orElse(Map.of()));
    }

    @GET
    public SandboxLink getSandboxFile(@QueryParam("pfn") @Nullable String pfn) {
        if (pfn == null) {
            throw new MalformedRequest("The query parameter pfn is missing: name the sandbox");
        }
        Transfer transfer = store.download(caller, SandboxPfn.parse(pfn));
        return new SandboxLink(
                TransferLinks.downloadUrl(deployment.publicUrl(), transfer),
                Duration.between(clock.instant(), transfer.expires()).toSeconds());
    }

    @POST
    @Path("unassign")
    public Response unassignBulkJobsSandboxes(@NotNull @Valid UnassignSandboxes request) {
        store.unassign(caller, request.jobIds().stream().map(JobId::new).toList());
        return Response.noContent().build();
    }
}
