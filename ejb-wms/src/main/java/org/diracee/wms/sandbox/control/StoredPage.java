/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.control;

import java.util.List;
import java.util.Optional;
import org.diracee.wms.sandbox.boundary.SandboxPfn;

/** A portion of a walk over all archives; {@code next} is where it goes on, in the store's own words, empty at its end. */
public record StoredPage(List<SandboxPfn> names, Optional<String> next) {
    public StoredPage {
        names = List.copyOf(names);
    }
}
