/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.control;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import org.diracee.wms.taskqueue.boundary.OpenQueue;

/** Queues that fit a resource, to be drawn at random with the weight of their priority, each once. Not for several threads. */
public final class Candidates {

    /** So often a queue is drawn out of all in the hope that it fits, before those that fit are added up. */
    private static final int TRIES = 16;

    private final List<Part> parts;

    /** Some queues of an index. */
    record Part(QueueIndex index, BitSet fit) {}

    Candidates(List<Part> parts) {
        this.parts = parts;
    }

    public int size() {
        return parts.stream().mapToInt(part -> part.fit.cardinality()).sum();
    }

    /** The queue with this id, if it is among these. */
    public Optional<OpenQueue> find(long queue) {
        for (Part part : parts) {
            int position = part.index.position(queue);
            if (position >= 0 && part.fit.get(position)) {
                return Optional.of(part.index.at(position));
            }
        }
        return Optional.empty();
    }

    /** Takes the queue out; returns whether it was among these. */
    public boolean remove(long queue) {
        for (Part part : parts) {
            int position = part.index.position(queue);
            if (position >= 0 && part.fit.get(position)) {
                part.fit.clear(position);
                return true;
            }
        }
        return false;
    }

    /** Draws a queue and takes it out. */
    public Optional<OpenQueue> draw(RandomGenerator random) {
        double all = parts.stream().mapToDouble(part -> part.index.weight()).sum();
        for (int attempt = 0; attempt < TRIES && all > 0; attempt++) {
            double point = random.nextDouble() * all;
            for (Part part : parts) {
                if (point < part.index.weight()) {
                    int position = part.index.positionAt(point);
                    if (part.fit.get(position)) {
                        return taken(part, position);
                    }
                    break;
                }
                point -= part.index.weight();
            }
        }
        double fitting = 0;
        for (Part part : parts) {
            for (int at = part.fit.nextSetBit(0); at >= 0; at = part.fit.nextSetBit(at + 1)) {
                fitting += part.index.weight(at);
            }
        }
        return drawn(random.nextDouble() * fitting);
    }

    private Optional<OpenQueue> drawn(double point) {
        double left = point;
        Optional<OpenQueue> last = Optional.empty();
        Part lastPart = null;
        int lastPosition = -1;
        for (Part part : parts) {
            for (int at = part.fit.nextSetBit(0); at >= 0; at = part.fit.nextSetBit(at + 1)) {
                left -= part.index.weight(at);
                if (left < 0) {
                    return taken(part, at);
                }
                lastPart = part;
                lastPosition = at;
            }
        }
        // rounding may leave a little
        return lastPart == null ? last : taken(lastPart, lastPosition);
    }

    private static Optional<OpenQueue> taken(Part part, int position) {
        part.fit.clear(position);
        return Optional.of(part.index.at(position));
    }

    /** Draws so many queues, or all if there are fewer, without taking them out; the first drawn first. */
    public List<OpenQueue> drawn(int most, RandomGenerator random) {
        // of exponentially distributed numbers with these weights as rates, the least come first
        PriorityQueue<Drawn> first =
                new PriorityQueue<>(Comparator.comparingDouble(Drawn::time).reversed());
        for (Part part : parts) {
            for (int at = part.fit.nextSetBit(0); at >= 0; at = part.fit.nextSetBit(at + 1)) {
                double time = -Math.log(1 - random.nextDouble()) / part.index.weight(at);
                Drawn latest = first.peek();
                if (first.size() < most || latest != null && time < latest.time) {
                    first.add(new Drawn(time, part.index.at(at)));
                    if (first.size() > most) {
                        first.poll();
                    }
                }
            }
        }
        List<Drawn> drawn = new ArrayList<>(first);
        drawn.sort(Comparator.comparingDouble(Drawn::time));
        return drawn.stream().map(Drawn::queue).toList();
    }

    private record Drawn(double time, OpenQueue queue) {}
}
