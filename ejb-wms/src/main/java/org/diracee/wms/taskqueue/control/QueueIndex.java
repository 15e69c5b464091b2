/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.control;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.diracee.wms.taskqueue.boundary.OpenQueue;
import org.diracee.wms.taskqueue.boundary.QueueField;

/**
 * An immutable set of open task queues, arranged so that those which fit a resource are found without looking at each: for every
 * value that occurs the set of queues that list it, as bits. The queues stand in the order of their CPU time, so those which a
 * resource has time for come first.
 */
final class QueueIndex {

    static final QueueIndex EMPTY = new QueueIndex(List.of());

    /** What the weight of a queue is at least, so that each has its chance. */
    private static final double LEAST_WEIGHT = 0.001;

    private static final BitSet NONE = new BitSet();

    private final List<OpenQueue> queues;
    private final long[] cpuTimes;
    private final double[] weightUntil;
    private final Map<Long, Integer> positions = new HashMap<>();
    private final Map<QueueField, Map<String, BitSet>> listing = new EnumMap<>(QueueField.class);
    private final Map<QueueField, BitSet> listingNothing = new EnumMap<>(QueueField.class);
    private final Map<String, BitSet> banning = new HashMap<>();

    QueueIndex(Collection<OpenQueue> open) {
        queues = open.stream()
                .sorted(Comparator.comparingLong(queue -> queue.definition().cpuTime()))
                .toList();
        cpuTimes = new long[queues.size()];
        weightUntil = new double[queues.size()];
        double weight = 0;
        for (int at = 0; at < queues.size(); at++) {
            OpenQueue queue = queues.get(at);
            cpuTimes[at] = queue.definition().cpuTime();
            weight += Math.max(queue.priority(), LEAST_WEIGHT);
            weightUntil[at] = weight;
            positions.put(queue.id(), at);
            for (QueueField field : QueueField.values()) {
                if (field != QueueField.CPU_TIME) {
                    note(field, queue.definition().listed(field), at);
                }
            }
            for (String site : queue.definition().bannedSites()) {
                banning.computeIfAbsent(site, name -> new BitSet()).set(at);
            }
        }
    }

    private void note(QueueField field, List<String> values, int at) {
        if (values.isEmpty()) {
            listingNothing.computeIfAbsent(field, name -> new BitSet()).set(at);
        }
        Map<String, BitSet> byValue = listing.computeIfAbsent(field, name -> new HashMap<>());
        for (String value : values) {
            byValue.computeIfAbsent(value, name -> new BitSet()).set(at);
        }
    }

    /** The positions of the queues that fit; the caller owns the set. */
    BitSet fitting(ResourceOffer offer) {
        BitSet fit = new BitSet(queues.size());
        fit.set(0, within(offer.cpuTime()));
        offer.accepted().forEach((field, values) -> {
            BitSet good = (BitSet) listingNothing.getOrDefault(field, NONE).clone();
            for (String value : values) {
                good.or(listing(field, value));
            }
            fit.and(good);
        });
        offer.site().ifPresent(site -> fit.andNot(banning.getOrDefault(site, NONE)));
        if (!offer.anyTag()) {
            listing.getOrDefault(QueueField.TAG, Map.of()).forEach((tag, asking) -> {
                if (!offer.tags().contains(tag)) {
                    fit.andNot(asking);
                }
            });
        }
        for (String tag : offer.requiredTags()) {
            fit.and(listing(QueueField.TAG, tag));
        }
        offer.refused().forEach((field, values) -> values.forEach(value -> fit.andNot(listing(field, value))));
        return fit;
    }

    private BitSet listing(QueueField field, String value) {
        return listing.getOrDefault(field, Map.of()).getOrDefault(value, NONE);
    }

    /** How many queues need no more time than this. */
    private int within(long cpuTime) {
        int low = 0;
        int high = cpuTimes.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cpuTimes[middle] <= cpuTime) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    int size() {
        return queues.size();
    }

    OpenQueue at(int position) {
        return queues.get(position);
    }

    /** Where the queue stands, or -1. */
    int position(long queue) {
        return positions.getOrDefault(queue, -1);
    }

    double weight(int position) {
        return position == 0 ? weightUntil[0] : weightUntil[position] - weightUntil[position - 1];
    }

    /** The weight of all queues. */
    double weight() {
        return weightUntil.length == 0 ? 0 : weightUntil[weightUntil.length - 1];
    }

    /** The queue into whose share of the whole weight this point falls. */
    int positionAt(double point) {
        int low = 0;
        int high = weightUntil.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (weightUntil[middle] <= point) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The queues but those at these positions. */
    List<OpenQueue> without(BitSet gone) {
        List<OpenQueue> left = new ArrayList<>(queues.size());
        for (int at = gone.nextClearBit(0); at < queues.size(); at = gone.nextClearBit(at + 1)) {
            left.add(queues.get(at));
        }
        return left;
    }
}
