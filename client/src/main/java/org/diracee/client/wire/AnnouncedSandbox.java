/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where an announced archive goes: as the part {@code file}, after all fields, in a form posted to the URL.
 *
 * @param url null if the archive is stored already
 */
public record AnnouncedSandbox(String pfn, @Nullable String url, Map<String, String> fields) {
    public AnnouncedSandbox {
        fields = Map.copyOf(fields);
    }

    /** Leaves the fields out, which are a credential. */
    @Override
    public String toString() {
        return "AnnouncedSandbox[" + pfn + "]";
    }
}
