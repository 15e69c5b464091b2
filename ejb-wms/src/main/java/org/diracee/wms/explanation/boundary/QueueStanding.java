/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.explanation.boundary;

import java.util.Optional;
import org.diracee.wms.taskqueue.boundary.QueueDefinition;

/**
 * Where a waiting job stands.
 *
 * @param id of its task queue
 * @param requires what the jobs of the queue have in common
 * @param ahead jobs of the queue that go before it, counted up to {@link #MOST_COUNTED}
 * @param priority weight of the queue
 * @param rivals queues, this one among them, that fit the same resource and are open; counted up to {@link #MOST_RIVALS}
 * @param share of this queue's weight in theirs, from 0 to 1; absent if there are too many, or no resource that could take the job
 * @param handedOut jobs of the queue that were handed out in the last hour; up to a minute late
 */
public record QueueStanding(
        long id,
        QueueDefinition requires,
        int ahead,
        double priority,
        int rivals,
        Optional<Double> share,
        long handedOut) {

    public static final int MOST_COUNTED = 10_000;
    public static final int MOST_RIVALS = 10_000;
}
