/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.sandboxes;

import com.fasterxml.jackson.databind.node.NullNode;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.client.wire.AssignOutputSandbox;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.error.MalformedRequest;
import org.diracee.kernel.value.JobId;
import org.diracee.wms.sandbox.boundary.JobSandboxes;
import org.diracee.wms.sandbox.boundary.SandboxKind;
import org.diracee.wms.sandbox.boundary.SandboxPfn;
import org.diracee.wms.sandbox.boundary.SandboxStore;

/**
 * The sandboxes of one job.
 *
 * @see "DiracX REST reference 8"
 */
@Path("api/jobs/{id}/sandbox")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class JobSandboxesResource {

    private SandboxStore store;
    private Caller caller;

    public JobSandboxesResource() {} // RESTEasy insists on a public one

    @Inject
    public JobSandboxesResource(SandboxStore store, Caller caller) {
        this.store = store;
        this.caller = caller;
    }

    @GET
    public Map<String, List<Optional<String>>> getJobSandboxes(@PathParam("id") String id) {
        JobSandboxes sandboxes = store.list(caller, JobId.parse(id));
        Map<String, List<Optional<String>>> answer = new LinkedHashMap<>();
        for (SandboxKind kind : SandboxKind.values()) {
            answer.put(kind.wireName(), names(sandboxes.of(kind)));
        }
        return answer;
    }

    @GET
    @Path("{kind}")
    public List<Optional<String>> getJobSandbox(@PathParam("id") String id, @PathParam("kind") String kind) {
        SandboxKind wanted = SandboxKind.ofWireName(kind)
                .orElseThrow(
                        () -> new MalformedRequest("'" + kind + "' is no kind of sandbox: allowed is input or output"));
        return names(store.list(caller, JobId.parse(id)).of(wanted));
    }

    @PATCH
    @Path("output")
    public Response assignSandboxToJob(@PathParam("id") String id, @NotNull AssignOutputSandbox request) {
        store.assignOutput(caller, JobId.parse(id), SandboxPfn.parse(request.pfn()));
        return nothing();
    }

    @DELETE
    public Response unassignJobSandboxes(@PathParam("id") String id) {
        store.unassign(caller, List.of(JobId.parse(id)));
        return nothing();
    }

    /** DiracX's clients expect {@code null} in the body here, not an empty one. */
    private static Response nothing() {
        return Response.ok(NullNode.getInstance()).build();
    }

    /** A job without sandbox has the list {@code [null]}. */
    private static List<Optional<String>> names(List<SandboxPfn> pfns) {
        return pfns.isEmpty()
                ? List.of(Optional.empty())
                : pfns.stream().map(SandboxPfn::toString).map(Optional::of).toList();
    }
}
