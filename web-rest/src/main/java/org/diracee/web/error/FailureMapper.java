/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.error;

import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Answers every failure that has no mapper of its own. */
@Provider
public class FailureMapper implements ExceptionMapper<Throwable> {

    private final UriInfo uri;
    private final Request request;
    private final HttpHeaders headers;

    public FailureMapper(@Context UriInfo uri, @Context Request request, @Context HttpHeaders headers) {
        this.uri = uri;
        this.request = request;
        this.headers = headers;
    }

    @Override
    public Response toResponse(Throwable failure) {
        return Problems.response(failure, RequestFacts.of(uri, request, headers));
    }
}
