/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.control;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Divides the share of an owner in a group, or of a group as a whole, among its queues: the priority of a queue is the weight with which
 * it is drawn.
 *
 * @see "WMS reference 10.2"
 */
public final class QueueShares {

    /** The least priority of a queue, and that of those in the background. */
    public static final double LEAST_PRIORITY = 0.001;

    private static final double BACKGROUND_AVERAGE = 0.1;

    /** Of a share, what all the queues of the least important jobs are sure of together. */
    private static final double CERTAIN = 0.001;

    private QueueShares() {}

    /**
     * The priority of each queue by its id.
     *
     * @param queues all that the share belongs to
     * @param background whether queues of the least important jobs take nothing of the share
     */
    public static Map<Long, Double> priorities(double share, boolean background, Collection<SharedQueue> queues) {
        Map<Long, Double> priorities = new LinkedHashMap<>();
        double sum = queues.stream()
                .filter(queue -> !background || isForeground(queue))
                .mapToDouble(SharedQueue::averagePriority)
                .sum();
        double least = Math.max(LEAST_PRIORITY, CERTAIN * share / Math.max(1, queues.size()));
        for (SharedQueue queue : queues) {
            priorities.put(
                    queue.id(),
                    background && !isForeground(queue)
                            ? LEAST_PRIORITY
                            : Math.max(least, share * queue.averagePriority() / sum));
        }
        queues.stream()
                .filter(queue -> !background || isForeground(queue))
                .collect(Collectors.groupingBy(SharedQueue::requirements))
                .values()
                .forEach(twins -> uniteTwins(twins, priorities));
        return priorities;
    }

    private static boolean isForeground(SharedQueue queue) {
        return queue.averagePriority() > BACKGROUND_AVERAGE;
    }

    /**
     * Queues that differ in their sites only are one to a resource that fits one of them, which then has the priority of all; where a
     * resource fits several, these have it together.
     */
    private static void uniteTwins(List<SharedQueue> twins, Map<Long, Double> priorities) {
        if (twins.size() < 2) {
            return;
        }
        Map<Long, Double> own = new HashMap<>();
        twins.forEach(queue -> own.put(queue.id(), priorities.getOrDefault(queue.id(), LEAST_PRIORITY)));
        double all = own.values().stream().mapToDouble(Double::doubleValue).sum();
        double elsewhere = 0;
        Map<String, Double> at = new HashMap<>();
        for (SharedQueue queue : twins) {
            double priority = own.getOrDefault(queue.id(), 0.0);
            if (queue.sites().isEmpty()) {
                elsewhere += priority;
                queue.bannedSites().forEach(site -> at.merge(site, -priority, Double::sum));
            } else {
                queue.sites().stream().filter(queue::runsAt).forEach(site -> at.merge(site, priority, Double::sum));
            }
        }
        double base = elsewhere;
        for (SharedQueue queue : twins) {
            double priority = own.getOrDefault(queue.id(), 0.0);
            Set<String> sites = queue.sites().isEmpty() ? at.keySet() : queue.sites();
            double most = Stream.concat(
                            DoubleStream.of(queue.sites().isEmpty() ? base : priority)
                                    .boxed(),
                            sites.stream().filter(queue::runsAt).map(site -> base + at.getOrDefault(site, 0.0)))
                    .mapToDouble(Double::doubleValue)
                    .max()
                    .orElse(priority);
            priorities.put(queue.id(), priority * all / Math.max(most, priority));
        }
    }
}
