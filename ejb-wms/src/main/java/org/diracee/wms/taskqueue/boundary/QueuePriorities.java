/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diracee.framework.registry.boundary.RegisteredGroup;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.taskqueue.control.EntitledGroup;
import org.diracee.wms.taskqueue.control.RealPriority;
import org.diracee.wms.taskqueue.control.SharedQueue;
import org.diracee.wms.taskqueue.control.VoShares;
import org.diracee.wms.taskqueue.entity.ShareRepository;
import org.diracee.wms.taskqueue.entity.ShareRepository.LoadedQueue;
import org.diracee.wms.taskqueue.entity.ShareRepository.QueueOwner;

/**
 * Gives every queue the priority that follows from the share of its group and its owner.
 *
 * @see "WMS reference 10.2"
 */
@Stateless
public class QueuePriorities {

    private static final double STANDARD_SHARE = 1000;

    private ShareRepository queues;
    private ShareCorrectors correctors;
    private Registry registry;

    protected QueuePriorities() {} // for the container's proxy

    @Inject
    public QueuePriorities(ShareRepository queues, ShareCorrectors correctors, Registry registry) {
        this.queues = queues;
        this.correctors = correctors;
        this.registry = registry;
    }

    /** The VOs that have open queues. */
    @Requires(callers = CallerKind.SYSTEM)
    public List<VoName> vos(Caller caller) {
        return queues.vos();
    }

    /** Computes the priorities of all queues of the VO; tells how many have changed. */
    @Requires(callers = CallerKind.SYSTEM)
    public int recompute(Caller caller, VoName vo) {
        return queues.write(shares(vo).priorities(shared(queues.loaded(vo))));
    }

    /**
     * Computes the priorities of those owners, in their groups, who have queues that are new or open again; tells how many have changed.
     *
     * @param limit so many new queues at most
     */
    @Requires(callers = CallerKind.SYSTEM)
    public int recomputeDue(Caller caller, int limit) {
        Map<Long, QueueOwner> due = queues.due(limit);
        Map<VoName, VoShares> shares = new HashMap<>();
        Map<Long, Double> priorities = new HashMap<>();
        for (Holder holder : holders(due.values())) {
            priorities.putAll(shares.computeIfAbsent(holder.vo(), this::shares)
                    .priorities(shared(queues.loaded(holder.vo(), holder.group(), holder.owner()))));
        }
        if (due.isEmpty()) {
            return 0;
        }
        int changed = queues.write(priorities);
        Set<Long> emptied = new HashSet<>(due.keySet());
        emptied.removeAll(priorities.keySet());
        queues.forgetDue(emptied);
        return changed;
    }

    /** Who a share belongs to: an owner in a group, or the group as a whole. */
    private record Holder(VoName vo, GroupName group, Optional<UserName> owner) {}

    private Set<Holder> holders(Collection<QueueOwner> owners) {
        Set<Holder> holders = new LinkedHashSet<>();
        owners.forEach(one -> holders.add(new Holder(
                one.vo(), one.group(), Optional.of(one.owner()).filter(owner -> !isShared(one.vo(), one.group())))));
        return holders;
    }

    private boolean isShared(VoName vo, GroupName group) {
        return registry.properties(vo, group).contains(Property.JOB_SHARING);
    }

    private VoShares shares(VoName vo) {
        Map<GroupName, Set<UserName>> owners = new HashMap<>();
        queues.owners(vo).forEach(one -> owners.computeIfAbsent(one.group(), group -> new HashSet<>())
                .add(one.owner()));
        Map<GroupName, EntitledGroup> groups = new HashMap<>();
        owners.forEach((name, members) -> {
            Optional<RegisteredGroup> group = registry.group(vo, name);
            groups.put(
                    name,
                    new EntitledGroup(
                            group.map(RegisteredGroup::jobShare).orElse(STANDARD_SHARE),
                            isShared(vo, name),
                            group.map(RegisteredGroup::allowsBackgroundQueues).orElse(false),
                            members));
        });
        return VoShares.of(groups, correctors.corrections(vo));
    }

    private static List<SharedQueue> shared(Collection<LoadedQueue> loaded) {
        List<SharedQueue> shared = new ArrayList<>();
        loaded.forEach(queue -> shared.add(new SharedQueue(
                queue.id(),
                queue.owner(),
                queue.ownerGroup(),
                queue.requirements(),
                queue.sites(),
                queue.bannedSites(),
                RealPriority.average(queue.jobs()))));
        return shared;
    }
}
