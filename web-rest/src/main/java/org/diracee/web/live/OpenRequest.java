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
    private final AtomicBoolean holdsPlace = new AtomicBoolean();
    private final AtomicBoolean isLeaving = new AtomicBoolean();
    private volatile boolean isOver;
    private volatile Instant checked;

    /** When the piece that is being written was; {@link Instant#MAX} while none is. */
    private volatile Instant begun = Instant.MAX;

    OpenRequest(Caller caller, Standing standing, Instant until, Sources sources) {
        this.caller = caller;
        this.standing = standing;
        this.until = until;
        this.sources = sources;
        this.checked = sources.clock().instant();
    }

    /**
     * What open requests need of their surroundings.
     *
     * @param closing runs what may wait for who does not read
     */
    record Sources(ChangeFeed feed, ChangeNews news, Executor executor, Executor closing, Clock clock) {}

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

    /** Ends the answer, and gives the place back, because of this, or because the node goes down if there is no reason. */
    abstract void finish(Optional<DiracException> reason);

    /** Lets go of who reads nothing or has gone, and gives the place back; nothing can be told any more. May be called again. */
    abstract void drop();

    final void begin() {
        holdsPlace.set(true);
        sources.news().add(caller, this);
    }

    /** No step is done any more; the place that its user has given is still held. */
    final void stop() {
        isOver = true;
    }

    /** No step is done any more, and another may have the place. */
    final void over() {
        stop();
        if (holdsPlace.getAndSet(false)) {
            sources.news().remove(this);
        }
    }

    /** Ends the answer, once, by what may wait for its reader, and then gives the place back. */
    final void leave(Runnable last) {
        stop();
        if (isLeaving.compareAndSet(false, true)) {
            sources.closing().execute(() -> {
                try {
                    last.run();
                } finally {
                    over();
                }
            });
        }
    }

    /** From now on until the step is done, its reader is waited for. */
    final void writing() {
        begun = sources.clock().instant();
    }

    final boolean isOver() {
        return isOver;
    }

    final Caller caller() {
        return caller;
    }

    /** The next step may begin. */
    final void done() {
        if (!isOver) {
            begun = Instant.MAX;
        }
        isBusy.set(false);
    }

    @Override
    public final void tell(boolean any) {
        heard(any);
        Instant now = sources.clock().instant();
        // one whose last step is not over yet waits for that, and counts among those that its user has open
        if (isOver || isBusy.get()) {
            if (!begun.isAfter(now.minus(STUCK))) {
                stop();
                drop();
            }
        } else if (hasWork(now) || !now.isBefore(until) || isToBeChecked(now)) {
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
        writing();
        finish(reason);
    }

    private boolean isToBeChecked(Instant now) {
        return !now.isBefore(checked.plus(CHECK));
    }

    final void work() {
        if (isBusy.compareAndSet(false, true)) {
            try {
                sources.executor().execute(this::checkedStep);
            } catch (RejectedExecutionException goingDown) {
                finishNow(Optional.empty());
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
            again();
        }
    }

    private void refuse(DiracException refusal) {
        if (refusal.code().kind() == ErrorKind.UNAVAILABLE) {
            again();
        } else {
            finishNow(Optional.of(refusal));
        }
    }

    /** Nobody waits for longer than he asked for, whatever is away. */
    private void again() {
        if (sources.clock().instant().isBefore(until)) {
            missed();
            done();
        } else {
            finishNow(Optional.empty());
        }
    }
}
