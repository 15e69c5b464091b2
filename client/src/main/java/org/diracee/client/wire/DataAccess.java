/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How the bytes of a file are moved.
 *
 * @param headers that have to be sent; secret while they are good
 * @param expires until when a transfer may begin
 * @param ours whether the bytes go through this server, which wants the caller's own token; else nothing but the headers is sent
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record DataAccess(
        String url, String method, Map<String, String> headers, Optional<Instant> expires, boolean ours) {

    public DataAccess {
        headers = headers == null ? Map.of() : Map.copyOf(headers);
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        int query = url.indexOf('?');
        return method + " " + (query < 0 ? url : url.substring(0, query));
    }
}
