/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.boundary;

import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A transfer to or from a store outside, which checks the signature itself: its bytes do not pass through this server.
 *
 * @param fields of the form that is posted there; empty for a download
 */
public record PresignedTransfer(URI url, Map<String, String> fields, Instant expires) implements Transfer {
    public PresignedTransfer {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** Leaves URL and fields out, which are a credential. */
    @Override
    public String toString() {
        return "presigned transfer until " + expires;
    }
}
