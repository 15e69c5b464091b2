/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.boundary;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.diracee.kernel.value.VoName;

/**
 * What waited at one moment, asked for many resources: looking for one costs no query. For several threads at a time.
 */
public final class WaitingWork {

    private final BiFunction<VoName, ResourceDescription, List<OpenQueue>> fitting;
    private final Map<Long, Integer> waiting;

    private WaitingWork(BiFunction<VoName, ResourceDescription, List<OpenQueue>> fitting, Map<Long, Integer> waiting) {
        this.fitting = fitting;
        this.waiting = Map.copyOf(waiting);
    }

    /**
     * @param fitting the open queues of a VO that fit a resource
     * @param waiting how many jobs waited in queues, by their ids; queues without are left out
     */
    public static WaitingWork of(
            BiFunction<VoName, ResourceDescription, List<OpenQueue>> fitting, Map<Long, Integer> waiting) {
        return new WaitingWork(fitting, waiting);
    }

    /** The queues of the VO that had waiting jobs which fit the resource; at a place that is suspended or banned there are none. */
    public List<WaitingQueue> matching(VoName vo, ResourceDescription resource) {
        if (waiting.isEmpty()) {
            return List.of();
        }
        return fitting.apply(vo, resource).stream()
                .filter(queue -> waiting.containsKey(queue.id()))
                .sorted(Comparator.comparingLong(OpenQueue::id))
                .map(queue -> WaitingQueue.of(queue, waiting.getOrDefault(queue.id(), 0)))
                .toList();
    }
}
