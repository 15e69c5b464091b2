/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.error;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Answers failures while a body is read or written; without it broken JSON would be a 500. */
@Provider
public class ProcessingMapper implements ExceptionMapper<ProcessingException> {

    private final UriInfo uri;
    private final Request request;
    private final HttpHeaders headers;

    public ProcessingMapper(@Context UriInfo uri, @Context Request request, @Context HttpHeaders headers) {
        this.uri = uri;
        this.request = request;
        this.headers = headers;
    }

    @Override
    public Response toResponse(ProcessingException failure) {
        return Problems.response(failure, RequestFacts.of(uri, request, headers));
    }
}
