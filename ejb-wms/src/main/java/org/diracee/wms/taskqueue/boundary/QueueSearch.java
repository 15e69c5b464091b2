/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.boundary;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.diracee.framework.suspension.boundary.SuspensionList;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.ban.boundary.BanList;
import org.diracee.wms.taskqueue.control.Candidates;
import org.diracee.wms.taskqueue.control.OpenQueues;
import org.diracee.wms.taskqueue.control.QueueMemory;
import org.diracee.wms.taskqueue.control.ResourceOffer;

/**
 * One look for queues that fit a resource, drawn at random with the weight of their priority, each once. Nothing here waits for the
 * database. Not for several threads at a time.
 */
public final class QueueSearch {

    private final QueueMemory memory;
    private final SuspensionList suspensions;
    private final BanList bans;
    private final VoName vo;
    private final ResourceDescription resource;
    private final ResourceOffer offer;
    private final Set<Long> tried = new HashSet<>();
    private ResourceOffer narrowed;
    private Optional<Candidates> candidates = Optional.empty();

    QueueSearch(QueueMemory memory, SuspensionList suspensions, BanList bans, VoName vo, ResourceDescription resource) {
        this.memory = memory;
        this.suspensions = suspensions;
        this.bans = bans;
        this.vo = vo;
        this.resource = resource;
        this.offer = ResourceOffer.of(resource);
        this.narrowed = offer;
    }

    /** Leaves out from now on what lists one of these values, besides what the resource refuses. */
    public void refuse(QueueField field, Collection<String> values) {
        narrowed = narrowed.refusing(field, values);
        candidates = Optional.empty();
    }

    /** Begins anew, with the queues as they are known now, all that were drawn among them. */
    public void restart() {
        tried.clear();
        narrowed = offer;
        candidates = Optional.empty();
    }

    /** Draws a queue, none of those that were found empty a moment ago. */
    public Optional<OpenQueue> draw() {
        if (candidates.isEmpty()) {
            Candidates fitting = fitting();
            memory.empty().forEach(fitting::remove);
            tried.forEach(fitting::remove);
            candidates = Optional.of(fitting);
        }
        Optional<OpenQueue> drawn = candidates.get().draw(ThreadLocalRandom.current());
        drawn.ifPresent(queue -> tried.add(queue.id()));
        return drawn;
    }

    /** The queues that fit as they are known now, whatever was drawn before and however empty: so many at most, in the order of a draw. */
    public List<OpenQueue> drawAll(int most) {
        return fitting().drawn(most, ThreadLocalRandom.current());
    }

    /** The queue, if it is among those that fit as they are known now. */
    public Optional<OpenQueue> find(long queue) {
        return fitting().find(queue);
    }

    private Candidates fitting() {
        return suspensions.stopsWork(vo, resource.site())
                        || bans.stopping(vo, resource.site(), resource.gridCe()).isPresent()
                ? OpenQueues.NONE.fitting(offer)
                : memory.of(vo).fitting(narrowed.refusing(QueueField.OWNER, suspensions.heldOwners(vo)));
    }
}
