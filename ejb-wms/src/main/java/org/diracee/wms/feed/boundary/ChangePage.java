/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.feed.boundary;

import java.util.List;

/**
 * A piece of the change feed.
 *
 * @param next the cursor from which to read on
 * @param hasMore whether there is more to read at once; a page may be empty and still have more, for a reading is bounded
 */
public record ChangePage<T>(List<T> changes, String next, boolean hasMore) {

    public ChangePage {
        changes = List.copyOf(changes);
    }
}
