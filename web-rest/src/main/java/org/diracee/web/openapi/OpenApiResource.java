/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Serves the description of the API, which is the same for everybody. */
@Path("api/openapi.json")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class OpenApiResource {

    private static final byte[] DOCUMENT = read();

    /** The version of the API and of the product, which the build writes into the description. */
    public static final String VERSION = version();

    @GET
    @Operation(hidden = true)
    public byte[] document() {
        return DOCUMENT.clone();
    }

    private static String version() {
        try {
            return new ObjectMapper().readTree(DOCUMENT).at("/info/version").asText();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static byte[] read() {
        try (InputStream document = OpenApiResource.class.getResourceAsStream("openapi.json")) {
            if (document == null) {
                throw new IllegalStateException("The application was built without the description of its API");
            }
            return document.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
