/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.pilots;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import org.diracee.wms.sitedirector.boundary.PilotImageArchive;
import org.diracee.wms.sitedirector.boundary.PilotImageStore;
import org.jspecify.annotations.Nullable;

/** Gives the pilot's image to worker nodes that share no file system with the server; no token is looked at here. */
@Path("api/pilots/image")
@RequestScoped
public class PilotImagesResource {

    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private PilotImageStore images;

    public PilotImagesResource() {} // RESTEasy insists on a public one

    @Inject
    public PilotImagesResource(PilotImageStore images) {
        this.images = images;
    }

    @GET
    @Path("{sha256}")
    public Response getPilotImage(@PathParam("sha256") String sha256, @Context Request request) {
        PilotImageArchive archive = images.open(sha256);
        EntityTag tag = new EntityTag(archive.sha256());
        Response.@Nullable ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        if (unchanged != null) {
            return unchanged
                    .tag(tag)
                    .header(HttpHeaders.CACHE_CONTROL, FOR_EVER)
                    .build();
        }
        StreamingOutput content = output -> {
            try (InputStream bytes = archive.read()) {
                bytes.transferTo(output);
            }
        };
        return Response.ok(content, "application/gzip")
                .header(HttpHeaders.CONTENT_LENGTH, archive.size())
                .header(HttpHeaders.CACHE_CONTROL, FOR_EVER)
                .header("X-Content-Type-Options", "nosniff")
                .tag(tag)
                .build();
    }
}
