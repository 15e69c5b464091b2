/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.control;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A request to stop that is made at most once and can be waited for; the first reason counts.
 *
 * @param <R> why
 */
public final class Stop<R> {

    private final CompletableFuture<R> reason = new CompletableFuture<>();

    /** Asks to stop; without effect if somebody did before. */
    public void request(R why) {
        reason.complete(why);
    }

    public Optional<R> reason() {
        return Optional.ofNullable(reason.getNow(null));
    }

    public boolean isRequested() {
        return reason.isDone();
    }

    /** Returns when somebody asks to stop or the time is over, whichever is first. */
    public Optional<R> await(Duration longest) {
        return await(reason, longest);
    }

    /** Ends when this is requested or the other thing has happened. */
    public CompletableFuture<Object> or(CompletableFuture<?> other) {
        return CompletableFuture.anyOf(reason, other);
    }

    /** Waits for a future no longer than given; empty if it is not done by then. */
    public static <T> Optional<T> await(CompletableFuture<T> future, Duration longest) {
        try {
            return Optional.ofNullable(future.get(Math.max(0, longest.toNanos()), TimeUnit.NANOSECONDS));
        } catch (TimeoutException over) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible.getCause());
        }
    }
}
