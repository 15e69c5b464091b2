/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.error;

import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Answers requests of the wrong shape; without it the JAX-RS runtime's own mapper would. */
@Provider
public class ViolationMapper implements ExceptionMapper<ConstraintViolationException> {

    private final UriInfo uri;
    private final Request request;
    private final HttpHeaders headers;

    public ViolationMapper(@Context UriInfo uri, @Context Request request, @Context HttpHeaders headers) {
        this.uri = uri;
        this.request = request;
        this.headers = headers;
    }

    @Override
    public Response toResponse(ConstraintViolationException failure) {
        return Problems.response(failure, RequestFacts.of(uri, request, headers));
    }
}
