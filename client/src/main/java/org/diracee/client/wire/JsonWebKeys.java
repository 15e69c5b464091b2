/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import java.util.List;
import java.util.Map;

/**
 * The public keys that an installation signs its tokens with; the first one signs, the others verify older tokens.
 *
 * @param keys members of each key as the standard names them
 * @see "RFC 7517"
 */
public record JsonWebKeys(List<Map<String, Object>> keys) {

    public JsonWebKeys {
        keys = keys == null ? List.of() : List.copyOf(keys);
    }
}
