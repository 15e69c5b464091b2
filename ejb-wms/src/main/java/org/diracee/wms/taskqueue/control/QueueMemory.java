/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.taskqueue.boundary.OpenQueue;
import org.diracee.wms.taskqueue.boundary.QueueDefinition;
import org.diracee.wms.taskqueue.entity.TaskQueueRepository;
import org.diracee.wms.taskqueue.entity.TaskQueueRepository.ChangedQueue;

/**
 * The open task queues as this node knows them. It is a hint: what waits in them the database tells.
 *
 * <p>A refresh reads the queues that transactions have changed which were not over at the time of the refresh before, so it misses
 * none, in whatever order they commit.
 */
@ApplicationScoped
public class QueueMemory {

    /** How old the memory may be as long as it has something to offer. */
    private static final Duration GOOD_FOR = Duration.ofMillis(250);

    /** So long a queue that was found empty is tried after the others. */
    private static final Duration EMPTY_FOR = Duration.ofMillis(500);

    private static final int MOST_SHARED = 100_000;
    private static final String THE_BEGINNING = "0";

    private TaskQueueRepository repository;
    private final Map<Long, Long> emptied = new ConcurrentHashMap<>();
    private final Map<List<String>, List<String>> shared = new HashMap<>();
    private volatile Map<VoName, OpenQueues> byVo = Map.of();
    private volatile long asOf;
    private volatile boolean loaded;
    private String following = THE_BEGINNING;

    protected QueueMemory() {} // for the container's proxy

    @Inject
    public QueueMemory(TaskQueueRepository repository) {
        this.repository = repository;
    }

    /** The VO's open queues as they were known last. */
    public OpenQueues of(VoName vo) {
        return byVo.getOrDefault(vo, OpenQueues.NONE);
    }

    /** Takes over what has changed if that has not been done for a while, within the caller's transaction. */
    public void refresh() {
        refreshSince(System.nanoTime() - GOOD_FOR.toNanos());
    }

    /**
     * Takes over what has changed unless somebody has done so since.
     *
     * @param moment of {@link System#nanoTime()}: all that was committed until then is known afterwards
     */
    public void refreshSince(long moment) {
        if (!isAsOf(moment)) {
            read(moment);
        }
    }

    private boolean isAsOf(long moment) {
        return loaded && asOf - moment >= 0;
    }

    private synchronized void read(long moment) {
        if (isAsOf(moment)) {
            return;
        }
        long now = System.nanoTime();
        TaskQueueRepository.Changes changes = repository.changedSince(following);
        if (Long.parseUnsignedLong(changes.next()) < Long.parseUnsignedLong(following)) {
            // another database than before, a copy that lags behind: what was read there counts no more
            byVo = Map.of();
            changes = repository.changedSince(THE_BEGINNING);
        }
        apply(changes.queues());
        following = changes.next();
        asOf = now;
        loaded = true;
    }

    private void apply(List<ChangedQueue> changes) {
        if (changes.isEmpty()) {
            return;
        }
        Map<VoName, Map<Long, Optional<OpenQueue>>> changedByVo = new HashMap<>();
        for (ChangedQueue changed : changes) {
            OpenQueue queue = shared(changed.queue());
            changedByVo
                    .computeIfAbsent(queue.definition().vo(), vo -> new HashMap<>())
                    .put(queue.id(), changed.open() ? Optional.of(queue) : Optional.empty());
            emptied.remove(queue.id());
        }
        Map<VoName, OpenQueues> next = new HashMap<>(byVo);
        changedByVo.forEach(
                (vo, queues) -> next.merge(vo, OpenQueues.NONE.with(queues), (known, first) -> known.with(queues)));
        byVo = Map.copyOf(next);
    }

    /** The same with texts and lists that many queues have in common held once. */
    private OpenQueue shared(OpenQueue queue) {
        if (shared.size() > MOST_SHARED) {
            shared.clear();
        }
        QueueDefinition definition = queue.definition();
        return new OpenQueue(
                queue.id(),
                new QueueDefinition(
                        definition.digest(),
                        definition.vo(),
                        definition.owner(),
                        definition.ownerGroup(),
                        definition.cpuTime(),
                        shared(definition.sites()),
                        shared(definition.bannedSites()),
                        shared(definition.gridCes()),
                        shared(definition.platforms()),
                        shared(definition.jobTypes()),
                        shared(definition.tags())),
                queue.priority());
    }

    private List<String> shared(List<String> values) {
        return shared.computeIfAbsent(
                values, list -> list.stream().map(String::intern).toList());
    }

    /** Notes that nothing waited in the queue just now. */
    public void emptied(long queue) {
        emptied.put(queue, System.nanoTime() + EMPTY_FOR.toNanos());
    }

    /** The queues in which nothing waited a moment ago. */
    public Set<Long> empty() {
        if (emptied.isEmpty()) {
            return Set.of();
        }
        long now = System.nanoTime();
        Set<Long> empty = new HashSet<>();
        emptied.forEach((queue, until) -> {
            if (until - now > 0) {
                empty.add(queue);
            } else {
                emptied.remove(queue, until);
            }
        });
        return empty;
    }
}
