/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.live;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorKind;
import org.diracee.web.identity.Reauthentication.Standing;
import org.diracee.wms.feed.boundary.ChangeFeed;
import org.diracee.wms.feed.boundary.ChangeNews;
import org.jboss.logging.Logger;

/**
 * A request that is kept open until there is something to say. Between two steps it is only an entry in a list and holds no thread; it
 * ends with the credential of its sender.
 */
abstract class OpenRequest implements ChangeNews.Listener {

    private static final Logger DEBUG = Logger.getLogger(OpenRequest.class);

    /** A credential that ended is noticed after so long, and after the time that its end takes to get around. */
    private static final Duration CHECK = Duration.ofSeconds(2);

    /** Who has not read a piece after so long does not read: the connection and what waits for it are given up. */
    private static final Duration STUCK = Duration.ofMinutes(1);

    private final Caller caller;
    private final Standing standing;
    private final Sources sources;
    private final Instant until;
    private final AtomicBoolean isBusy = new AtomicBoolean();
    private volatile boolean isOver;
    private volatile Instant checked;
    private volatile Instant begun;

    OpenRequest(Caller caller, Standing standing, Instant until, Sources sources) {
        this.caller = caller;
        this.standing = standing;
        this.until = until;
        this.sources = sources;
        this.checked = sources.clock().instant();
        this.begun = checked;
    }

    /** What open requests need of their surroundings. */
    record Sources(ChangeFeed feed, ChangeNews news, Executor executor, Clock clock) {}

    /** Takes note of whether jobs have changed. */
    abstract void heard(boolean any);

    /** Whether a step is of use at this time. */
    abstract boolean hasWork(Instant now);

    /**
     * Does what there is to do; {@link #done} is called when it is over.
     *
     * @param isLast whether the time of the request is up
     */
    abstract void step(Instant now, boolean isLast);

    /** The step came to nothing and is done again later. */
    abstract void missed();

    /** Ends the answer because of this, or because the node goes down if there is no reason. */
    abstract void finish(Optional<DiracException> reason);

    /** Lets go of who reads nothing or has gone; nothing can be told any more. */
    abstract void drop();

    final void begin() {
        sources.news().add(caller, this);
    }

    /** No step is done any more. */
    final void over() {
        if (!isOver) {
            isOver = true;
            sources.news().remove(this);
        }
    }

    final boolean isOver() {
        return isOver;
    }

    final Caller caller() {
        return caller;
    }

    /** The next step may begin. */
    final void done() {
        isBusy.set(false);
    }

    @Override
    public final void tell(boolean any) {
        heard(any);
        Instant now = sources.clock().instant();
        // one whose last step is not over yet waits for that, and counts among those that its user has open
        if (isBusy.get()) {
            if (!now.isBefore(begun.plus(STUCK))) {
                over();
                drop();
            }
        } else if (hasWork(now) || !now.isBefore(until) || isToBeChecked(now)) {
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

    final void work() {
        if (isBusy.compareAndSet(false, true)) {
            begun = sources.clock().instant();
            try {
                sources.executor().execute(this::checkedStep);
            } catch (RejectedExecutionException goingDown) {
                over();
                finish(Optional.empty());
            }
        }
    }

    private void checkedStep() {
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
            if (hasWork(now) || isLast) {
                step(now, isLast);
            } else {
                done();
            }
        } catch (DiracException refusal) {
            refuse(refusal);
        } catch (RuntimeException failure) {
            // the database is away for a moment, or we are wrong: the next step tries again
            DEBUG.debugf(failure, "an open request got nothing");
            missed();
            done();
        }
    }

    private void refuse(DiracException refusal) {
        if (refusal.code().kind() == ErrorKind.UNAVAILABLE) {
            missed();
            done();
            return;
        }
        over();
        finish(Optional.of(refusal));
    }
}
