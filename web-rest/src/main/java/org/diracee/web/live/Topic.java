/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.live;

import java.util.function.Function;
import org.diracee.kernel.access.Caller;
import org.diracee.wms.feed.boundary.ChangeFeed;
import org.diracee.wms.feed.boundary.ChangePage;
import org.diracee.wms.feed.boundary.PilotStatusChange;
import org.diracee.wms.feed.boundary.StatusChange;
import org.diracee.wms.feed.boundary.WantedChanges;
import org.diracee.wms.feed.boundary.WantedPilots;

/**
 * What somebody follows.
 *
 * @param name that of its events
 * @param news reads what follows a cursor
 * @param cursor the place behind a change
 * @param wire a change as clients read it
 */
record Topic<T>(String name, News<T> news, Function<T, String> cursor, Function<T, ?> wire) {

    static Topic<StatusChange> jobs(ChangeFeed feed, Caller caller, WantedChanges wanted) {
        return new Topic<>(
                "job",
                (after, limit) -> feed.news(caller, wanted, after, limit),
                StatusChange::cursor,
                ChangeRecords::change);
    }

    static Topic<PilotStatusChange> pilots(ChangeFeed feed, Caller caller, WantedPilots wanted) {
        return new Topic<>(
                "pilot",
                (after, limit) -> feed.pilotNews(caller, wanted, after, limit),
                PilotStatusChange::cursor,
                ChangeRecords::change);
    }

    /** Reads what follows a cursor, with the rights that the reader has now. */
    @FunctionalInterface
    interface News<T> {
        ChangePage<T> after(String cursor, int limit);
    }
}
