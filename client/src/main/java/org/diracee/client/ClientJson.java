/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.diracee.client.wire.WireMapper;

/** The one JSON mapper of clients: times are ISO-8601 in UTC, members that a client does not know are ignored. */
public final class ClientJson {

    /** Shared and thread-safe; do not configure it. */
    public static final JsonMapper MAPPER = WireMapper.lenient();

    private ClientJson() {}

    static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException unwritable) {
            throw new IllegalArgumentException(
                    "No JSON can be made of a " + value.getClass().getName(), unwritable);
        }
    }
}
