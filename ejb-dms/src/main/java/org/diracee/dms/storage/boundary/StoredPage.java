/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.boundary;

import java.util.List;
import java.util.Optional;

/**
 * A part of what a directory of a storage element holds, by name.
 *
 * @param next where the next part begins; empty if this is the last
 */
public record StoredPage(List<StoredEntry> entries, Optional<String> next) {

    public StoredPage {
        entries = List.copyOf(entries);
    }
}
