/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.process;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Looks for a user's pattern in texts of the same user, for so long and no longer: some patterns take for ages, and who watches the
 * payload must go on.
 */
final class BoundedMatch {

    private static final int LONGEST_TEXT = 4096;

    private BoundedMatch() {}

    /**
     * Does this work, which finds the pattern by the predicate that it is given; in a thread of its own, for a pattern can also
     * repeat something empty and never look at the text.
     *
     * @throws TimeoutException if it takes longer, or more of the stack than there is
     */
    static <T> T within(Duration longest, Pattern pattern, Work<T> work) throws TimeoutException, InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        FutureTask<T> task = new FutureTask<>(() -> work.with(
                text -> pattern.matcher(new Timed(text.substring(0, Math.min(text.length(), LONGEST_TEXT)), end))
                        .find()));
        Thread thread = new Thread(task, "pattern of a job");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException outOfTimeOrStack) {
            TimeoutException timeout = new TimeoutException(String.valueOf(outOfTimeOrStack.getCause()));
            timeout.initCause(outOfTimeOrStack);
            throw timeout;
        }
    }

    /** What is done with the pattern. */
    interface Work<T> {
        T with(Predicate<String> found);
    }

    /** A text that nobody can read any more when its time is up. */
    private record Timed(String text, long end) implements CharSequence {

        @Override
        public char charAt(int index) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("the pattern took too long");
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int from, int to) {
            return text.subSequence(from, to);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
