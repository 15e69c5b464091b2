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
import org.diracee.wms.feed.boundary.WantedChanges;
import org.jboss.logging.Logger;

/**
 * One who follows jobs by an open request. Between two pieces of news it is only an entry in a list: it holds its cursor, no thread
 * and no changes. A piece is read when the one before is written, so who reads slowly is behind, and costs no more memory.
 */
abstract class Follower implements ChangeNews.Listener {

    private static final Logger DEBUG = Logger.getLogger(Follower.class);

    /** A credential that ended is noticed after so long, and after the time that its end takes to get around. */
    private static final Duration CHECK = Duration.ofSeconds(2);

    /** Who has not read a piece after so long does not read: the connection and what waits for it are given up. */
    private static final Duration STUCK = Duration.ofMinutes(1);

    private final Caller caller;
    private final Standing standing;
    private final WantedChanges wanted;
    private final Sources sources;
    private final Instant until;
    private final AtomicBoolean isBusy = new AtomicBoolean();
    private final AtomicBoolean holdsPlace = new AtomicBoolean();
    private final AtomicBoolean isLeaving = new AtomicBoolean();
    private volatile boolean isBehind = true;
    private volatile boolean isOver;
    private volatile String cursor;
    private volatile Instant checked;

    /** When the piece that is being written was; {@link Instant#MAX} while none is. */
    private volatile Instant begun = Instant.MAX;

    Follower(Caller caller, Standing standing, WantedChanges wanted, String cursor, Instant until, Sources sources) {
        this.caller = caller;
        this.standing = standing;
        this.wanted = wanted;
        this.cursor = cursor;
        this.until = until;
        this.sources = sources;
        this.checked = sources.clock().instant();
    }

    /**
     * What followers need of their surroundings.
     *
     * @param closing runs what may wait for who does not read
     */
    record Sources(ChangeFeed feed, ChangeNews news, Executor executor, Executor closing, Clock clock) {}

    /**
     * Takes a piece of the feed, which may be empty; returns when it is written.
     *
     * @param isLast whether the time of the request is up
     */
    abstract CompletionStage<?> take(ChangePage page, boolean isLast, Instant now);

    /** How many changes it takes at once. */
    abstract int most();

    /** Whether it wants a piece at this time, even if it is empty. */
    abstract boolean isDue(Instant now);

    /** Ends the answer, and gives the place back, because of this, or because the node goes down if there is no reason. */
    abstract void finish(Optional<DiracException> reason);

    /** Lets go of who reads nothing or has gone, and gives the place back; nothing can be told any more. May be called again. */
    abstract void drop();

    final void begin() {
        holdsPlace.set(true);
        sources.news().add(caller, this);
    }

    /** No piece is taken any more; the place that its user has given is still held. */
    final void stop() {
        isOver = true;
    }

    /** No piece is taken any more, and another may have the place. */
    final void over() {
        stop();
        if (holdsPlace.getAndSet(false)) {
            sources.news().remove(this);
        }
    }

    /** Closes, once, what may wait for what is not flushed yet, and then gives the place back. */
    final void leave(Runnable close) {
        stop();
        if (isLeaving.compareAndSet(false, true)) {
            sources.closing().execute(() -> {
                try {
                    close.run();
                } finally {
                    over();
                }
            });
        }
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
        if (isOver || isBusy.get()) {
            if (!begun.isAfter(now.minus(STUCK))) {
                stop();
                drop();
            }
        } else if (isBehind || isDue(now) || !now.isBefore(until) || isToBeChecked(now)) {
            work();
        }
    }

    @Override
    public final void end() {
        holdsPlace.set(false); // whoever tells us has let go of all
        if (!isOver) {
            finishNow(Optional.empty());
        }
    }

    private void finishNow(Optional<DiracException> reason) {
        stop();
        begun = sources.clock().instant();
        finish(reason);
    }

    private void idle() {
        if (!isOver) {
            begun = Instant.MAX;
        }
        isBusy.set(false);
    }

    private boolean isToBeChecked(Instant now) {
        return !now.isBefore(checked.plus(CHECK));
    }

    private void work() {
        if (isBusy.compareAndSet(false, true)) {
            try {
                sources.executor().execute(this::step);
            } catch (RejectedExecutionException goingDown) {
                finishNow(Optional.empty());
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
                idle();
                return;
            }
            isBehind = false;
            ChangePage page = sources.feed().news(caller, wanted, cursor, most());
            cursor = page.next();
            if (page.hasMore()) {
                isBehind = true;
            }
            begun = sources.clock().instant();
            take(page, isLast, now).whenComplete((done, failure) -> {
                if (failure != null) {
                    stop();
                    drop();
                    return;
                }
                idle();
                if (page.hasMore() && !isOver) {
                    work();
                }
            });
        } catch (DiracException refusal) {
            refuse(refusal);
        } catch (RuntimeException failure) {
            // the database is away for a moment, or we are wrong: the next step tries again
            DEBUG.debugf(failure, "a follower of jobs got nothing");
            isBehind = true;
            idle();
        }
    }

    private void refuse(DiracException refusal) {
        if (refusal.code().kind() == ErrorKind.UNAVAILABLE) {
            isBehind = true;
            idle();
            return;
        }
        finishNow(Optional.of(refusal));
    }
}
