/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.boundary;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

/**
 * A leave to move one file between a client and a storage element without us in between.
 *
 * @param method of HTTP
 * @param headers that the client has to send; secret while they are good
 * @param expires until when a transfer may begin
 */
public record ClientAccess(URI url, String method, Map<String, String> headers, Instant expires) {

    public ClientAccess {
        headers = Map.copyOf(headers);
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return method + " " + url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
    }
}
