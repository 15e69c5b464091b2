/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.administration;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.diracee.client.wire.Suspend;
import org.diracee.client.wire.SuspensionRecord;
import org.diracee.framework.suspension.boundary.SuspensionTarget;
import org.diracee.framework.suspension.boundary.Suspensions;
import org.diracee.kernel.access.Caller;

/** Shuts out users, certificates, VOs, sites and pilots, and lets them in again. */
@Path("api/suspensions")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class SuspensionsResource {

    private Suspensions suspensions;
    private Caller caller;

    public SuspensionsResource() {} // RESTEasy insists on a public one

    @Inject
    public SuspensionsResource(Suspensions suspensions, Caller caller) {
        this.suspensions = suspensions;
        this.caller = caller;
    }

    @GET
    public List<SuspensionRecord> listSuspensions() {
        return suspensions.list(caller).stream()
                .map(suspension -> AdministrationRecords.record(suspension, Optional.empty()))
                .toList();
    }

    @POST
    public SuspensionRecord suspend(@NotNull @Valid Suspend request) {
        SuspensionTarget target = new SuspensionTarget(
                SuspensionTarget.kind(request.kind()),
                AdministrationRecords.vo(caller, request.vo()).text(),
                request.name());
        return AdministrationRecords.record(
                suspensions.suspend(caller, target, request.reason()), suspensions.warning(target));
    }

    @DELETE
    @Path("{id}")
    public void resume(@PathParam("id") long id) {
        suspensions.resume(caller, id);
    }
}
