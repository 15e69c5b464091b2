/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.data.boundary;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Lets the server die before or after one of its steps: a call to a storage element, or a transaction. */
final class Crashes {

    private final AtomicInteger steps = new AtomicInteger();
    private volatile int fatal = -1;
    private volatile boolean afterwards;

    /** What the death of the server looks like from inside. */
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** The next steps are counted from 0, and the server dies at this one; at none if it is negative. */
    void at(int step, boolean afterIt) {
        steps.set(0);
        fatal = step;
        afterwards = afterIt;
    }

    int counted() {
        return steps.get();
    }

    <T> T step(Supplier<T> act) {
        boolean now = steps.getAndIncrement() == fatal;
        if (now && !afterwards) {
            throw new Crash();
        }
        T result = act.get();
        if (now) {
            throw new Crash();
        }
        return result;
    }
}
