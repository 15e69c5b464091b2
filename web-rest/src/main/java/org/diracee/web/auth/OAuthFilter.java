/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.auth;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import org.diracee.client.wire.ProblemDocument;

/**
 * Makes answers of the token routes what OAuth demands: never stored, and errors as plain JSON, because widespread
 * libraries refuse another content type. The body stays the problem document with OAuth's member {@code error}.
 *
 * @see "RFC 6749 5.1 and 5.2"
 */
@OAuth
@Provider
public class OAuthFilter implements ContainerResponseFilter {

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
        response.getHeaders().putSingle("Pragma", "no-cache");
        MediaType type = response.getMediaType();
        if (type != null && type.toString().startsWith(ProblemDocument.MEDIA_TYPE)) {
            response.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_TYPE);
        }
    }
}
