/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.control;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.diracee.wms.matching.entity.MatchRepository;
import org.diracee.wms.matching.entity.WaitingJob;
import org.diracee.wms.taskqueue.boundary.OpenQueue;
import org.diracee.wms.taskqueue.boundary.TaskQueues;

/** Finds and locks jobs for the requests of one batch, within its transaction. */
public final class JobFinder {

    /** So often a queue is drawn and tried in the hope that jobs wait there, before it is asked where some do. */
    private static final int BLIND_DRAWS = 2;

    /** Of so many queues at a time it is asked for each request. */
    private static final int ASKED = 256;

    private final MatchRepository matches;
    private final TaskQueues queues;
    private final Set<Long> locked = new HashSet<>();
    private final Map<Long, OpenQueue> known = new HashMap<>();
    private final Map<Long, Integer> lockedOf = new HashMap<>();

    public JobFinder(MatchRepository matches, TaskQueues queues) {
        this.matches = matches;
        this.queues = queues;
    }

    /** Locks jobs for each, as many as it takes if so many wait. */
    public void fill(Collection<Filling> all) {
        queues.refresh(OptionalLong.empty());
        List<Filling> fillings = new ArrayList<>();
        for (Filling filling : all) {
            filling.begin();
            if (filling.request().only().isPresent()) {
                takeTheOne(filling);
            } else {
                fillings.add(filling);
            }
        }
        for (int draw = 0; draw < BLIND_DRAWS; draw++) {
            takeDrawn(fillings);
        }
        takeWhereSomeWait(fillings);
    }

    private void takeTheOne(Filling filling) {
        queues.refresh(OptionalLong.of(filling.request().arrived()));
        filling.request().only().filter(job -> !locked.contains(job.number())).ifPresent(job -> matches.waitsIn(job)
                .flatMap(filling.search()::find)
                .filter(queue -> filling.reserve(queue, 1) == 1)
                .ifPresent(queue -> matches.take(job)
                        .ifPresentOrElse(one -> give(queue, one, filling), () -> filling.giveBack(queue, 1))));
    }

    /** Each draws a queue; what all want of one queue is taken at once, for a statement that takes twice gets the same twice. */
    private void takeDrawn(List<Filling> fillings) {
        Map<Filling, Map<Long, Integer>> wanted = new LinkedHashMap<>();
        for (Filling filling : fillings) {
            if (filling.needs() > 0) {
                filling.search().draw().ifPresent(queue -> {
                    known.put(queue.id(), queue);
                    wanted.put(filling, reserved(filling, queue, filling.needs()));
                });
            }
        }
        take(wanted);
    }

    private static Map<Long, Integer> reserved(Filling filling, OpenQueue queue, int most) {
        int some = filling.reserve(queue, most);
        return some == 0 ? Map.of() : Map.of(queue.id(), some);
    }

    private void takeWhereSomeWait(List<Filling> fillings) {
        Map<Filling, Iterator<OpenQueue>> options = new LinkedHashMap<>();
        long arrived = Long.MIN_VALUE;
        for (Filling filling : fillings) {
            if (filling.needs() > 0) {
                arrived = arrived == Long.MIN_VALUE
                        ? filling.request().arrived()
                        : later(arrived, filling.request().arrived());
                options.put(filling, List.<OpenQueue>of().iterator());
            }
        }
        if (options.isEmpty()) {
            return;
        }
        queues.refresh(OptionalLong.of(arrived));
        options.replaceAll(
                (filling, none) -> filling.search().drawAll(Integer.MAX_VALUE).iterator());
        while (!options.isEmpty()) {
            Map<Filling, List<OpenQueue>> next = new LinkedHashMap<>();
            options.forEach((filling, left) -> next.put(filling, some(left)));
            take(shared(next));
            options.entrySet()
                    .removeIf(option ->
                            option.getKey().needs() == 0 || !option.getValue().hasNext());
        }
    }

    private static long later(long one, long other) {
        return other - one > 0 ? other : one;
    }

    private static List<OpenQueue> some(Iterator<OpenQueue> left) {
        List<OpenQueue> some = new ArrayList<>();
        while (left.hasNext() && some.size() < ASKED) {
            some.add(left.next());
        }
        return some;
    }

    /** Shares out what waits in the queues, to each in the order of its draw. */
    private Map<Filling, Map<Long, Integer>> shared(Map<Filling, List<OpenQueue>> options) {
        Map<Long, OpenQueue> asked = new HashMap<>();
        options.values().forEach(drawn -> drawn.forEach(queue -> asked.put(queue.id(), queue)));
        known.putAll(asked);
        int bound = options.keySet().stream().mapToInt(Filling::needs).sum() + locked.size();
        Map<Long, Integer> waiting = new HashMap<>(queues.waiting(asked.values(), bound));
        lockedOf.forEach((queue, jobs) -> waiting.computeIfPresent(queue, (id, counted) -> counted - jobs));
        queues.emptied(asked.keySet().stream()
                .filter(queue -> !waiting.containsKey(queue))
                .toList());
        Map<Filling, Map<Long, Integer>> wanted = new LinkedHashMap<>();
        options.forEach((filling, drawn) -> {
            int needs = filling.needs();
            Map<Long, Integer> own = new LinkedHashMap<>();
            for (OpenQueue queue : drawn) {
                int most = Math.min(needs, waiting.getOrDefault(queue.id(), 0));
                int some = most > 0 ? filling.reserve(queue, most) : 0;
                if (some > 0) {
                    own.put(queue.id(), some);
                    waiting.merge(queue.id(), -some, Integer::sum);
                    needs -= some;
                }
            }
            wanted.put(filling, own);
        });
        return wanted;
    }

    private void take(Map<Filling, Map<Long, Integer>> wanted) {
        Map<Long, Integer> sums = new LinkedHashMap<>();
        wanted.values().forEach(own -> own.forEach((queue, jobs) -> sums.merge(queue, jobs, Integer::sum)));
        if (sums.isEmpty()) {
            return;
        }
        Map<Long, Iterator<WaitingJob>> taken = new HashMap<>();
        matches.take(sums, locked).stream()
                .collect(Collectors.groupingBy(WaitingJob::queue))
                .forEach((queue, jobs) -> {
                    taken.put(queue, jobs.iterator());
                    if (jobs.size() == sums.getOrDefault(queue, 0)) {
                        sums.remove(queue);
                    }
                });
        queues.emptied(sums.keySet());
        wanted.forEach((filling, own) -> own.forEach((id, jobs) -> {
            OpenQueue queue = Objects.requireNonNull(known.get(id));
            Iterator<WaitingJob> left =
                    taken.getOrDefault(id, List.<WaitingJob>of().iterator());
            int given = 0;
            while (given < jobs && left.hasNext()) {
                give(queue, left.next(), filling);
                given++;
            }
            filling.giveBack(queue, jobs - given);
        }));
    }

    private void give(OpenQueue queue, WaitingJob job, Filling filling) {
        filling.add(queue, job);
        locked.add(job.id().number());
        lockedOf.merge(queue.id(), 1, Integer::sum);
    }
}
