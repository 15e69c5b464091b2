/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import java.util.List;

/**
 * A piece of the change feed.
 *
 * @param next the cursor from which to read on
 * @param more whether there is more to read at once; a piece may be empty and still have more
 */
public record JobChanges(List<JobChange> changes, String next, boolean more) {

    public JobChanges {
        changes = changes == null ? List.of() : List.copyOf(changes);
    }
}
