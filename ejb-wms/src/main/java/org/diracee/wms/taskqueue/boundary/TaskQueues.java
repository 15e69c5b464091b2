/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.boundary;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.diracee.framework.suspension.boundary.SuspensionList;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.ban.boundary.BanList;
import org.diracee.wms.taskqueue.control.QueueFit;
import org.diracee.wms.taskqueue.control.QueueMemory;
import org.diracee.wms.taskqueue.control.ResourceOffer;
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
    private QueueMemory memory;
    private SuspensionList suspensions;
    private BanList bans;
    private Clock clock;

    protected TaskQueues() {} // for the container's proxy

    @Inject
    public TaskQueues(
            TaskQueueRepository queues, QueueMemory memory, SuspensionList suspensions, BanList bans, Clock clock) {
        this.queues = queues;
        this.memory = memory;
        this.suspensions = suspensions;
        this.bans = bans;
        this.clock = clock;
    }

    /**
     * What waits now for these VOs.
     *
     * @param bound up to how many waiting jobs of one queue are counted
     */
    @Requires(callers = CallerKind.SYSTEM)
    public WaitingWork waitingWork(Caller caller, Collection<VoName> vos, int bound) {
        memory.refreshSince(System.nanoTime());
        List<OpenQueue> open =
                vos.stream().flatMap(vo -> memory.of(vo).all().stream()).toList();
        return WaitingWork.of(
                (vo, resource) -> search(vo, resource).drawAll(Integer.MAX_VALUE), queues.waiting(open, bound));
    }

    /**
     * Looks for queues of the VO that fit the resource; at a place that is suspended or banned there are none. The jobs of those who
     * are suspended are held.
     *
     * @throws org.diracee.kernel.error.InvalidRequest if the resource requires tags that it does not have
     */
    @OpenAccess(INTERNAL)
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public QueueSearch search(VoName vo, ResourceDescription resource) {
        return new QueueSearch(memory, suspensions, bans, vo, resource);
    }

    /**
     * Makes known to this node what has been committed about the queues.
     *
     * @param moment of {@link System#nanoTime()}: the newest commit that must be known; none need be that is younger than a fraction
     *     of a second if absent
     */
    @OpenAccess(INTERNAL)
    public void refresh(OptionalLong moment) {
        moment.ifPresentOrElse(memory::refreshSince, memory::refresh);
    }

    /** Notes that nothing waits in these queues for now, so that others are tried first. */
    @OpenAccess(INTERNAL)
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public void emptied(Collection<Long> ids) {
        ids.forEach(memory::emptied);
    }

    /**
     * How many jobs wait in each of the queues, counted up to a bound; queues without are left out.
     *
     * @return numbers by the queues' ids
     */
    @OpenAccess(INTERNAL)
    public Map<Long, Integer> waiting(Collection<OpenQueue> among, int bound) {
        return queues.waiting(among, bound);
    }

    /** The queue with this id, open or not. */
    @OpenAccess(INTERNAL)
    public Optional<OpenQueue> find(long id) {
        return queues.definition(id);
    }

    /**
     * What keeps the jobs of a queue from the resource, by the same rules as matching; empty if they fit. The VO, suspensions and
     * bans are not looked at.
     *
     * @throws org.diracee.kernel.error.InvalidRequest if the resource requires tags that it does not have
     */
    @OpenAccess(INTERNAL)
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public List<Unmet> unmet(QueueDefinition queue, ResourceDescription resource) {
        return QueueFit.unmet(queue, ResourceOffer.of(resource));
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
}
