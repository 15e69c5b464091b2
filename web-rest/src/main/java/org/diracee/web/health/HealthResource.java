/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.health;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.diracee.client.wire.HealthStatus;
import org.diracee.framework.health.boundary.Health;

/** Probes for whoever runs the node: they throw 503 when it should get no requests. @see "DiracX REST reference 12" */
@Path("api/health")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class HealthResource {

    private Health health;

    /** RESTEasy insists on it. */
    public HealthResource() {}

    @Inject
    public HealthResource(Health health) {
        this.health = health;
    }

    @GET
    @Path("live")
    public HealthStatus live() {
        health.requireConfiguration();
        return new HealthStatus("live");
    }

    @GET
    @Path("ready")
    public HealthStatus ready() {
        requireAll();
        return new HealthStatus("ready");
    }

    @GET
    @Path("startup")
    public HealthStatus startup() {
        requireAll();
        return new HealthStatus("startup complete");
    }

    private void requireAll() {
        health.requireConfiguration();
        health.requireDatabase();
    }
}
