/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.limit.control;

/**
 * How often something may happen: so many at once, and as many a second in the long run.
 *
 * @param rate a second; 0: as often as one likes
 * @param burst at once, after a pause
 */
public record Limit(double rate, long burst) {

    public static final Limit NONE = new Limit(0, 0);

    public boolean isNone() {
        return rate <= 0;
    }

    long nanosBetween() {
        return Math.max(1, (long) (1e9 / rate));
    }

    /** At least one at once, else nothing would ever happen. */
    long atOnce() {
        return Math.max(1, burst);
    }

    /** Seconds after which all is allowed again that is at once. */
    public long window() {
        return Math.max(1, (long) Math.ceil(atOnce() / rate));
    }
}
