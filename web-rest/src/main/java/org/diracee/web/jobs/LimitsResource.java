/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.jobs;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.diracee.client.wire.JobLimit;
import org.diracee.kernel.access.Caller;
import org.diracee.wms.job.boundary.LimitUse;
import org.diracee.wms.job.boundary.SubmissionLimits;
import org.diracee.wms.sandbox.boundary.SandboxStore;
import org.diracee.wms.sandbox.boundary.SpaceUse;

/** What one may submit and run, and how much of it is used. */
@Path("api/limits")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class LimitsResource {

    private SubmissionLimits limits;
    private SandboxStore sandboxes;
    private Caller caller;

    public LimitsResource() {} // RESTEasy insists on a public one

    @Inject
    public LimitsResource(SubmissionLimits limits, SandboxStore sandboxes, Caller caller) {
        this.limits = limits;
        this.sandboxes = sandboxes;
        this.caller = caller;
    }

    @GET
    public List<JobLimit> listLimits() {
        return Stream.concat(
                        limits.mine(caller).stream().map(LimitsResource::shown),
                        sandboxes.space(caller).stream().map(LimitsResource::shown))
                .toList();
    }

    private static JobLimit shown(SpaceUse use) {
        return new JobLimit(
                "SandboxBytes",
                use.scope(),
                use.of(),
                use.used(),
                Optional.of(use.allowed()),
                Optional.of(use.option()));
    }

    private static JobLimit shown(LimitUse use) {
        return new JobLimit(
                use.name(),
                use.scope(),
                use.of(),
                use.used(),
                use.allowed().isPresent() ? Optional.of(use.allowed().getAsLong()) : Optional.empty(),
                use.option());
    }
}
