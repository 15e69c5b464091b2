/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.control;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.diracee.wms.taskqueue.boundary.OpenQueue;
import org.diracee.wms.taskqueue.boundary.QueueField;

/**
 * How many jobs with a value may still be handed out at a place. Requests that are served at the same time share it.
 *
 * @param field absent: it counts every job, and there is no value
 * @param left may fall below zero while requests compete
 */
public record Allowance(Optional<QueueField> field, String value, AtomicInteger left) {

    /** For the jobs with a value. */
    static Allowance of(QueueField field, String value, AtomicInteger left) {
        return new Allowance(Optional.of(field), value, left);
    }

    /** For all jobs. */
    static Allowance ofAll(AtomicInteger left) {
        return new Allowance(Optional.empty(), "", left);
    }

    /** For no job at all. */
    public static Allowance none() {
        return ofAll(new AtomicInteger());
    }

    boolean isExhausted() {
        return left.get() <= 0;
    }

    boolean limits(OpenQueue queue) {
        return field.map(checked -> queue.definition().listed(checked).contains(value))
                .orElse(true);
    }

    /** Takes at most so many; returns how many it could. */
    int take(int most) {
        while (true) {
            int now = left.get();
            int taken = Math.min(most, Math.max(now, 0));
            if (taken == 0 || left.compareAndSet(now, now - taken)) {
                return taken;
            }
        }
    }

    /** Gives back what was not needed. */
    void giveBack(int jobs) {
        left.addAndGet(jobs);
    }
}
