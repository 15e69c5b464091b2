/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.live;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorKind;
import org.diracee.web.identity.Reauthentication.Standing;
import org.diracee.wms.feed.boundary.ChangeFeed;
import org.diracee.wms.feed.boundary.ChangeNews;
import org.diracee.wms.feed.boundary.ChangePage;
import org.jboss.logging.Logger;

/**
 * One who follows jobs or pilots by an open request. Between two pieces of news it is only an entry in a list: it holds its cursor, no thread
 * and no changes. A piece is read when the one before is written, so who reads slowly is behind, and costs no more memory.
 */
abstract class Follower<T> implements ChangeNews.Listener {

    private static final Logger DEBUG = Logger.getLogger(Follower.class);

    /** A credential that ended is noticed after so long, and after the time that its end takes to get around. */
    private static final Duration CHECK = Duration.ofSeconds(2);

    /** Who has not read a piece after so long does not read: the connection and what waits for it are given up. */
    private static final Duration STUCK = Duration.ofMinutes(1);

    private final Caller caller;
    private final Standing standing;
    private final Topic<T> topic;
    private final Sources sources;
    private final Instant until;
    private final AtomicBoolean isBusy = new AtomicBoolean();
    private volatile boolean isBehind = true;
    private volatile boolean isOver;
    private volatile String cursor;
    private volatile Instant checked;
    private volatile Instant begun;

    Follower(Caller caller, Standing standing, Topic<T> topic, String cursor, Instant until, Sources sources) {
        this.caller = caller;
        this.standing = standing;
        this.topic = topic;
        this.cursor = cursor;
        this.until = until;
        this.sources = sources;
        this.checked = sources.clock().instant();
        this.begun = checked;
    }

    /** What followers need of their surroundings. */
    record Sources(ChangeFeed feed, ChangeNews news, Executor executor, Clock clock) {}

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

    /** Ends the answer because of this, or because the node goes down if there is no reason. */
    abstract void finish(Optional<DiracException> reason);

    /** Lets go of who reads nothing or has gone; nothing can be told any more. */
    abstract void drop();

    final void begin() {
        sources.news().add(caller, this);
    }

    /** No piece is taken any more. */
    final void over() {
        if (!isOver) {
            isOver = true;
            sources.news().remove(this);
        }
    }

    final Topic<T> topic() {
        return topic;
    }

    final String cursor() {
        return cursor;
    }

    @Override
    public final void tell(boolean any) {
        if (any) {
            isBehind = true;
        }
        Instant now = sources.clock().instant();
        // one whose last piece is not written yet waits for that, and counts among those that its user has open
        if (isBusy.get()) {
            if (!now.isBefore(begun.plus(STUCK))) {
                over();
                drop();
            }
        } else if (isBehind || isDue(now) || !now.isBefore(until) || isToBeChecked(now)) {
            work();
        }
    }

    @Override
    public final void end() {
        if (!isOver) {
            isOver = true;
            finish(Optional.empty());
        }
    }

    private boolean isToBeChecked(Instant now) {
        return !now.isBefore(checked.plus(CHECK));
    }

    private void work() {
        if (isBusy.compareAndSet(false, true)) {
            begun = sources.clock().instant();
            try {
                sources.executor().execute(this::step);
            } catch (RejectedExecutionException goingDown) {
                over();
                finish(Optional.empty());
            }
        }
    }

    private void step() {
        try {
            Instant now = sources.clock().instant();
            if (isOver) {
                return;
            }
            if (isToBeChecked(now)) {
                standing.require();
                checked = now;
            }
            boolean isLast = !now.isBefore(until);
            if (!isBehind && !isDue(now) && !isLast) {
                isBusy.set(false);
                return;
            }
            isBehind = false;
            ChangePage<T> page = topic.news().after(cursor, most());
            cursor = page.next();
            if (page.hasMore()) {
                isBehind = true;
            }
            take(page, isLast, now).whenComplete((done, failure) -> {
                if (failure != null) {
                    over();
                    drop();
                    return;
                }
                isBusy.set(false);
                if (page.hasMore() && !isOver) {
                    work();
                }
            });
        } catch (DiracException refusal) {
            refuse(refusal);
        } catch (RuntimeException failure) {
            // the database is away for a moment, or we are wrong: the next step tries again
            DEBUG.debugf(failure, "a follower got nothing");
            isBehind = true;
            isBusy.set(false);
        }
    }

    private void refuse(DiracException refusal) {
        if (refusal.code().kind() == ErrorKind.UNAVAILABLE) {
            isBehind = true;
            isBusy.set(false);
            return;
        }
        over();
        finish(Optional.of(refusal));
    }
}
