/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.boundary;

import java.util.Arrays;
import java.util.Optional;

/** What a sandbox is to a job. */
public enum SandboxKind {
    INPUT("Input"),
    OUTPUT("Output");

    private final String wireName;

    SandboxKind(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    /** Finds the kind by its name in any case, as it stands in a route. */
    public static Optional<SandboxKind> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName.equalsIgnoreCase(name))
                .findFirst();
    }
}
