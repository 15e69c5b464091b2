/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.feed.entity;

import java.util.List;

/**
 * A piece of the log.
 *
 * @param next behind all that was looked at
 * @param isAll whether nothing else was there to be looked at
 */
public record ChangeSlice(List<LoggedChange> changes, FeedCursor next, boolean isAll) {

    public ChangeSlice {
        changes = List.copyOf(changes);
    }
}
