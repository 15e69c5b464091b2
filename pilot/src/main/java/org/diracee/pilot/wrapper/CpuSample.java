/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.wrapper;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The CPU time that a payload used within the last while, to tell whether it does anything. */
final class CpuSample {

    private final Duration length;
    private final Deque<Used> looks = new ArrayDeque<>();

    CpuSample(Duration length) {
        this.length = length;
    }

    /**
     * Notes a look.
     *
     * @param elapsed since the payload began
     * @param cpu used since then
     * @return what was used within the sample's time, once so much has passed
     */
    Optional<Used> look(Duration elapsed, Duration cpu) {
        Used now = new Used(elapsed, cpu);
        // a batch system that holds the payload holds the pilot, too: that time says nothing
        if (!looks.isEmpty()
                && now.minus(looks.getLast()).elapsed().multipliedBy(2).compareTo(length) > 0) {
            looks.clear();
        }
        looks.addLast(now);
        Optional<Used> within = Optional.empty();
        while (now.minus(looks.getFirst()).elapsed().compareTo(length) >= 0) {
            within = Optional.of(now.minus(looks.removeFirst()));
        }
        return within;
    }

    /** CPU time and the time in which it was used. */
    record Used(Duration elapsed, Duration cpu) {

        Used minus(Used earlier) {
            return new Used(elapsed.minus(earlier.elapsed), cpu.minus(earlier.cpu));
        }

        double percent() {
            return 100.0 * cpu.toMillis() / Math.max(1, elapsed.toMillis());
        }
    }
}
