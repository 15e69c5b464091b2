/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.control;

import java.util.Map;

/**
 * What a job's priority counts among the jobs of its owner.
 *
 * @see "WMS reference 10.1"
 */
public final class RealPriority {

    private static final int LEAST = 0;
    private static final int MOST = 10;

    private static final double OF_LEAST = 1e-5;
    private static final double OF_MOST = 1e6;

    private RealPriority() {}

    /** The weight of a job with this priority, as its user gave it; beyond 0 and 10 it counts as these. */
    public static double of(long userPriority) {
        if (userPriority <= LEAST) {
            return OF_LEAST;
        }
        return userPriority >= MOST ? OF_MOST : userPriority;
    }

    /** The average over jobs, of which there are so many by the priority that their user gave; there is one at least. */
    public static double average(Map<Long, Long> jobs) {
        double weights = 0;
        long count = 0;
        for (Map.Entry<Long, Long> level : jobs.entrySet()) {
            weights += of(level.getKey()) * level.getValue();
            count += level.getValue();
        }
        return weights / count;
    }
}
