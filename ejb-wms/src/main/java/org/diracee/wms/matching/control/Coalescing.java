/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.control;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Serves requests that come at the same time together: what costs the same for one as for many, like a commit, is then paid once.
 * A request that finds nobody at work is served at once by its own thread; those that come meanwhile wait and are served as one batch
 * by the thread of one of them. If a batch fails, each of its requests is served alone.
 *
 * @param <Q> a request
 * @param <A> its answer
 */
public final class Coalescing<Q, A> {

    private final int batches;
    private final int mostWeight;
    private final ToIntFunction<Q> weight;
    private final Function<List<Q>, List<A>> work;
    private final Deque<Ticket<Q, A>> waiting = new ArrayDeque<>();
    private int leading;

    /**
     * @param batches so many batches are at work at a time
     * @param mostWeight how heavy a batch of several requests may be
     * @param work answers the requests in their order; all or none
     */
    public Coalescing(int batches, int mostWeight, ToIntFunction<Q> weight, Function<List<Q>, List<A>> work) {
        this.batches = batches;
        this.mostWeight = mostWeight;
        this.weight = weight;
        this.work = work;
    }

    /** The answer to the request; throws what the work threw for it alone. */
    public A answer(Q request) {
        Ticket<Q, A> ticket = new Ticket<>(request);
        if (join(ticket) || ticket.waitsUntilItLeads()) {
            lead(ticket);
        }
        return ticket.answer();
    }

    /** How many requests wait for a batch. */
    synchronized int waiting() {
        return waiting.size();
    }

    /** Returns whether the request's own thread is to work. */
    private synchronized boolean join(Ticket<Q, A> ticket) {
        waiting.add(ticket);
        if (leading == batches) {
            return false;
        }
        leading++;
        ticket.leads = true;
        return true;
    }

    private void lead(Ticket<Q, A> own) {
        try {
            List<Ticket<Q, A>> batch = own.isAnswered() ? List.of() : next();
            while (!batch.isEmpty()) {
                serve(batch);
                batch = own.isAnswered() ? List.of() : next();
            }
        } finally {
            passOn();
        }
    }

    private synchronized List<Ticket<Q, A>> next() {
        List<Ticket<Q, A>> batch = new ArrayList<>();
        int heavy = 0;
        for (Ticket<Q, A> first = waiting.peek(); first != null; first = waiting.peek()) {
            heavy += weight.applyAsInt(first.request);
            if (!batch.isEmpty() && heavy > mostWeight) {
                break;
            }
            batch.add(waiting.remove());
        }
        return batch;
    }

    /** Gives the work to the first who waits and has not got it already. */
    private synchronized void passOn() {
        for (Ticket<Q, A> ticket : waiting) {
            if (!ticket.leads) {
                ticket.lead();
                return;
            }
        }
        leading--;
    }

    private void serve(List<Ticket<Q, A>> batch) {
        try {
            List<A> answers =
                    work.apply(batch.stream().map(ticket -> ticket.request).toList());
            for (int at = 0; at < batch.size(); at++) {
                batch.get(at).answered(answers.get(at));
            }
        } catch (RuntimeException failure) {
            if (batch.size() == 1) {
                batch.get(0).failed(failure);
            } else {
                batch.forEach(ticket -> serve(List.of(ticket)));
            }
        } catch (Error broken) {
            batch.forEach(ticket -> ticket.failed(new IllegalStateException("A batch broke off", broken)));
            throw broken;
        }
    }

    /** A request that waits for its answer. */
    private static final class Ticket<Q, A> {

        private final Q request;
        private boolean leads;
        private @Nullable A answer;
        private @Nullable RuntimeException failure;

        Ticket(Q request) {
            this.request = request;
        }

        synchronized void answered(A found) {
            answer = found;
            notifyAll();
        }

        synchronized void failed(RuntimeException thrown) {
            if (!isAnswered()) {
                failure = thrown;
                notifyAll();
            }
        }

        synchronized void lead() {
            leads = true;
            notifyAll();
        }

        synchronized boolean isAnswered() {
            return answer != null || failure != null;
        }

        /** Returns false if it is answered before it has to lead. */
        synchronized boolean waitsUntilItLeads() {
            waitUntil(() -> leads || isAnswered());
            return leads;
        }

        synchronized A answer() {
            waitUntil(this::isAnswered);
            if (answer == null) {
                throw failure == null ? new IllegalStateException("neither answered nor failed") : failure;
            }
            return answer;
        }

        /** Waits on although it is interrupted: what others do for this request cannot be called back. */
        private void waitUntil(BooleanSupplier condition) {
            boolean interrupted = false;
            while (!condition.getAsBoolean()) {
                try {
                    wait();
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
