/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.configuration;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.diracee.framework.configuration.boundary.ConfigurationReading;
import org.diracee.framework.configuration.boundary.CurrentConfiguration;
import org.diracee.kernel.access.Caller;
import org.diracee.web.http.HttpDate;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** The configuration as DiracX's clients know it. @see "DiracX REST reference 11" */
@Path("api/config")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ConfigurationResource {

    private ConfigurationReading reading;
    private RenderedConfiguration rendered;
    private Caller caller;

    /** RESTEasy insists on it. */
    public ConfigurationResource() {}

    @Inject
    public ConfigurationResource(ConfigurationReading reading, RenderedConfiguration rendered, Caller caller) {
        this.reading = reading;
        this.rendered = rendered;
        this.caller = caller;
    }

    @GET
    @APIResponse(
            responseCode = "200",
            description = "The whole document; ETag and Last-Modified name its revision",
            content = @Content(schema = @Schema(implementation = Map.class)))
    @APIResponse(responseCode = "304", description = "The client has this revision or a later one")
    public Response serveConfig(
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
            @HeaderParam(HttpHeaders.IF_MODIFIED_SINCE) @Nullable String ifModifiedSince) {
        CurrentConfiguration current = reading.current(caller);
        boolean isKnown = new KnownToClient(ifNoneMatch, ifModifiedSince).suffices(current.hash(), current.since());
        Response.ResponseBuilder answer = isKnown ? Response.notModified() : Response.ok(rendered.of(current));
        // without quotes, as DiracX writes it
        return answer.header(HttpHeaders.ETAG, current.hash())
                .header(HttpHeaders.LAST_MODIFIED, HttpDate.text(current.since()))
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .build();
    }
}
