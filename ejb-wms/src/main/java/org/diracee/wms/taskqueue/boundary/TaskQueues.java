/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.diracee.framework.suspension.boundary.SuspensionList;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.taskqueue.entity.ResourceOffer;
import org.diracee.wms.taskqueue.entity.TaskQueueRepository;
import org.diracee.wms.taskqueue.entity.TaskQueueRepository.QueueRow;

/**
 * What waits, and for which resource. A queue exists once per definition, is open while jobs may wait in it and closed
 * when none does; its id never changes.
 */
@Stateless
public class TaskQueues {

    private static final String INTERNAL = "the calling service has checked the caller";

    private TaskQueueRepository queues;
    private SuspensionList suspensions;
    private Clock clock;

    protected TaskQueues() {} // for the container's proxy

    @Inject
    public TaskQueues(TaskQueueRepository queues, SuspensionList suspensions, Clock clock) {
        this.queues = queues;
        this.suspensions = suspensions;
        this.clock = clock;
    }

    /**
     * The queues of the VO that have waiting jobs which fit the resource.
     *
     * @param bound up to how many waiting jobs of one queue are counted
     */
    @Requires(callers = CallerKind.SYSTEM)
    public List<WaitingQueue> matching(Caller caller, VoName vo, ResourceDescription resource, int bound) {
        if (suspensions.stopsWork(vo, resource.site())) {
            return List.of();
        }
        return queues.waiting(vo, offer(resource), suspensions.heldOwners(vo), bound).stream()
                .filter(queue -> queue.waiting() > 0)
                .toList();
    }

    /** Ids of open queues that fit, drawn at random with the weight of their priority; they may be empty by now. The
     * jobs of those who are suspended are held. */
    @OpenAccess(INTERNAL)
    public List<Long> draw(VoName vo, ResourceDescription resource, Collection<Long> except, int limit) {
        return suspensions.stopsWork(vo, resource.site())
                ? List.of()
                : queues.draw(vo, offer(resource), suspensions.heldOwners(vo), except, limit);
    }

    /**
     * The queue of each definition, made if it is new; open until the caller's transaction has put its jobs there.
     *
     * @return ids by digest
     */
    @OpenAccess(INTERNAL)
    public Map<String, Long> open(Collection<QueueDefinition> definitions) {
        Map<String, QueueDefinition> missing =
                definitions.stream().collect(Collectors.toMap(QueueDefinition::digest, queue -> queue, (a, b) -> a));
        List<String> digests = List.copyOf(missing.keySet());
        queues.guard(digests);
        Map<String, Long> ids = new HashMap<>(opened(queues.find(digests)));
        missing.keySet().removeAll(ids.keySet());
        if (!missing.isEmpty()) {
            // in one order everywhere, so that two submissions of the same new queues do not wait for each other
            missing.values().stream()
                    .sorted(Comparator.comparing(QueueDefinition::digest))
                    .forEach(queue -> queues.add(queue, clock.instant()));
            ids.putAll(opened(queues.find(missing.keySet())));
        }
        return ids;
    }

    /**
     * Opens queues for jobs that come back to them.
     *
     * @return the sites that each queue asks for
     */
    @OpenAccess(INTERNAL)
    public Map<Long, List<String>> reopen(Collection<Long> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        queues.guard(queues.findById(ids).stream().map(QueueRow::digest).toList());
        List<QueueRow> rows = queues.findById(ids);
        opened(rows);
        return rows.stream().collect(Collectors.toMap(QueueRow::id, QueueRow::sites));
    }

    /** Closes queues in which nothing waits, at most this many; tells how many. */
    @Requires(callers = CallerKind.SYSTEM)
    public int closeIdle(Caller caller, int limit) {
        return queues.close(queues.lockIdle(limit));
    }

    private Map<String, Long> opened(Collection<QueueRow> rows) {
        queues.open(rows.stream().filter(row -> !row.open()).map(QueueRow::id).toList());
        return rows.stream().collect(Collectors.toMap(QueueRow::digest, QueueRow::id));
    }

    private static ResourceOffer offer(ResourceDescription resource) {
        return ResourceOffer.of(
                resource.site().text(),
                resource.cpuTime(),
                resource.gridCe(),
                resource.platform(),
                resource.jobTypes(),
                resource.tags(),
                resource.requiredTags(),
                resource.processors(),
                resource.maxRam());
    }
}
