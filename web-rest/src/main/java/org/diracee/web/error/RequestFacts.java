/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.error;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.diracee.web.http.RequestId;

/**
 * What an error answer may say about the request it answers.
 *
 * @param path path without query, as the client wrote it
 */
public record RequestFacts(String id, String method, String path, Optional<String> contentType) {

    static RequestFacts of(UriInfo uri, Request request, HttpHeaders headers) {
        return new RequestFacts(
                RequestId.current(),
                request.getMethod(),
                "/" + uri.getPath(false).replaceFirst("^/+", ""),
                Optional.ofNullable(headers.getHeaderString(HttpHeaders.CONTENT_TYPE)));
    }
}
