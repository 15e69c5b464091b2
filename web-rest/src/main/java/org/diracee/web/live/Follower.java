/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.live;

import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.diracee.kernel.access.Caller;
import org.diracee.web.identity.Reauthentication.Standing;
import org.diracee.wms.feed.boundary.ChangePage;

/**
 * One who follows jobs or pilots by an open request, and holds its cursor but no changes. A piece is read when the one before is written, so who
 * reads slowly is behind, and costs no more memory.
 */
abstract class Follower<T> extends OpenRequest {

    private final Topic<T> topic;
    private volatile boolean isBehind = true;
    private volatile String cursor;

    Follower(Caller caller, Standing standing, Topic<T> topic, String cursor, Instant until, Sources sources) {
        super(caller, standing, until, sources);
        this.topic = topic;
        this.cursor = cursor;
    }

    /**
     * Takes a piece of the feed, which may be empty; returns when it is written.
     *
     * @param isLast whether the time of the request is up
     */
    abstract CompletionStage<?> take(ChangePage<T> page, boolean isLast, Instant now);

    /** How many changes it takes at once. */
    abstract int most();

    /** Whether it wants a piece at this time, even if it is empty. */
    abstract boolean isDue(Instant now);

    final Topic<T> topic() {
        return topic;
    }

    final String cursor() {
        return cursor;
    }

    @Override
    final void heard(boolean any) {
        if (any) {
            isBehind = true;
        }
    }

    @Override
    final boolean hasWork(Instant now) {
        return isBehind || isDue(now);
    }

    @Override
    final void missed() {
        isBehind = true;
    }

    @Override
    final void step(Instant now, boolean isLast) {
        isBehind = false;
        ChangePage<T> page = topic.news().after(cursor, most());
        cursor = page.next();
        if (page.hasMore()) {
            isBehind = true;
        }
        writing();
        take(page, isLast, now).whenComplete((done, failure) -> {
            if (failure != null) {
                stop();
                drop();
                return;
            }
            done();
            if (page.hasMore() && !isOver()) {
                work();
            }
        });
    }
}
