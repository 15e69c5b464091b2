/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import java.time.Instant;
import java.util.Map;

/**
 * A leave to move a file between a client and a storage element.
 *
 * @param headers that have to be sent, and no others of our own; secret while they are good
 */
public record StorageAccessRecord(String url, String method, Map<String, String> headers, Instant expires) {

    public StorageAccessRecord {
        headers = Map.copyOf(headers);
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        int query = url.indexOf('?');
        return method + " " + (query < 0 ? url : url.substring(0, query));
    }
}
