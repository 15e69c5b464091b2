/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.pilots;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.diracee.client.wire.CeRecord;
import org.diracee.client.wire.SiteRecord;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.value.SiteName;
import org.diracee.wms.sitedirector.boundary.ComputingResources;

/** Shows where pilots are sent, and how that goes. */
@Path("api/resources/sites")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class SitesResource {

    private ComputingResources resources;
    private Caller caller;

    public SitesResource() {} // RESTEasy insists on a public one

    @Inject
    public SitesResource(ComputingResources resources, Caller caller) {
        this.resources = resources;
        this.caller = caller;
    }

    @GET
    public List<SiteRecord> listSites() {
        return resources.sites(caller).stream().map(ResourceRecords::site).toList();
    }

    @GET
    @Path("{site}")
    public SiteRecord showSite(@PathParam("site") String site) {
        return ResourceRecords.site(resources.site(caller, new SiteName(site)));
    }

    @GET
    @Path("{site}/ces/{ce}")
    public CeRecord showComputingElement(
            @PathParam("site") String site,
            @PathParam("ce") String ce,
            @QueryParam("hours") @DefaultValue("24") @Min(1) @Max(ComputingResources.MOST_HOURS) int hours) {
        return ResourceRecords.computingElement(resources.computingElement(caller, new SiteName(site), ce, hours));
    }
}
