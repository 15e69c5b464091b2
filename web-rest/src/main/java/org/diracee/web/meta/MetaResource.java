/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.meta;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.TreeMap;
import org.diracee.client.wire.InstallationFacts;
import org.diracee.framework.configuration.boundary.Deployment;
import org.diracee.framework.login.boundary.DeviceLogin;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.kernel.paging.PageRequest;
import org.diracee.web.http.ClientVersionFilter;
import org.diracee.web.jobs.JobsResource;
import org.diracee.web.json.BodyLimit;
import org.diracee.web.openapi.OpenApiResource;
import org.diracee.wms.job.boundary.JobBounds;
import org.diracee.wms.pilot.boundary.PilotLogging;
import org.diracee.wms.sandbox.boundary.SandboxStore;

/**
 * What this installation is, can do and allows. For everybody, because it is needed before the log-in: whether a client is too
 * old, whether to show the form for local accounts. All of it stands in public documents already or is found out by trying.
 */
@Path("api/meta")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class MetaResource {

    /** The version of DiracX whose routes these are, as its client proves. */
    private static final String DIRACX = "0.7";

    private static final long MEBIBYTE = 1024L * 1024;

    private Deployment deployment;
    private Registry registry;
    private JobBounds jobs;
    private SandboxStore sandboxes;
    private DeviceLogin logins;

    /** RESTEasy insists on it. */
    public MetaResource() {}

    @Inject
    public MetaResource(
            Deployment deployment, Registry registry, JobBounds jobs, SandboxStore sandboxes, DeviceLogin logins) {
        this.deployment = deployment;
        this.registry = registry;
        this.jobs = jobs;
        this.sandboxes = sandboxes;
        this.logins = logins;
    }

    @GET
    public InstallationFacts meta() {
        return new InstallationFacts(
                new InstallationFacts.Versions(
                        OpenApiResource.VERSION, OpenApiResource.VERSION, DIRACX, ClientVersionFilter.OLDEST_VERSION),
                new InstallationFacts.Features(
                        deployment.localAccounts(),
                        deployment.pilotImage().isPresent(),
                        sandboxes.kind(),
                        logins.clientId()),
                limits());
    }

    private InstallationFacts.Limits limits() {
        Map<String, Integer> perSubmission = new TreeMap<>();
        registry.vos().forEach(vo -> perSubmission.put(vo.text(), jobs.jobsPerSubmission(vo)));
        return new InstallationFacts.Limits(
                PageRequest.MAX_LIMIT,
                PageRequest.DEFAULT_LIMIT,
                perSubmission,
                jobs.jobsPerRequest(),
                jobs.reportsPerJob(),
                jobs.parameterLength(),
                jobs.summaryRows(),
                jobs.searchTime().toSeconds(),
                BodyLimit.DEFAULT_MEBIBYTES * MEBIBYTE,
                JobsResource.LARGEST_SUBMISSION_MEBIBYTES * MEBIBYTE,
                sandboxes.maxBytes(),
                PilotLogging.MAX_LINES);
    }
}
