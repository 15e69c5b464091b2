/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.control;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.wms.taskqueue.boundary.OpenQueue;

/**
 * The open queues of one VO, immutable. What has changed of late is kept apart from the many that have not, so that a change does
 * not cost an arrangement of all.
 */
public final class OpenQueues {

    /** No queue. */
    public static final OpenQueues NONE = new OpenQueues(QueueIndex.EMPTY, new BitSet(), QueueIndex.EMPTY);

    private static final int FEW = 64;
    private static final int SHARE = 8;

    private final QueueIndex settled;
    private final BitSet gone;
    private final QueueIndex recent;

    private OpenQueues(QueueIndex settled, BitSet gone, QueueIndex recent) {
        this.settled = settled;
        this.gone = gone;
        this.recent = recent;
    }

    /** These with the changes; a queue that is closed is absent. */
    OpenQueues with(Map<Long, Optional<OpenQueue>> changes) {
        BitSet nowGone = (BitSet) gone.clone();
        Map<Long, OpenQueue> nowRecent = new HashMap<>();
        recent.without(new BitSet()).forEach(queue -> nowRecent.put(queue.id(), queue));
        changes.forEach((id, change) -> {
            int position = settled.position(id);
            if (position >= 0) {
                nowGone.set(position);
            }
            change.ifPresentOrElse(queue -> nowRecent.put(id, queue), () -> nowRecent.remove(id));
        });
        int most = Math.max(FEW, settled.size() / SHARE);
        if (nowRecent.size() <= most && nowGone.cardinality() <= most) {
            return new OpenQueues(settled, nowGone, new QueueIndex(nowRecent.values()));
        }
        List<OpenQueue> all = new ArrayList<>(settled.without(nowGone));
        all.addAll(nowRecent.values());
        return new OpenQueues(new QueueIndex(all), new BitSet(), QueueIndex.EMPTY);
    }

    /** Those that fit. */
    public Candidates fitting(ResourceOffer offer) {
        BitSet fit = settled.fitting(offer);
        fit.andNot(gone);
        return new Candidates(
                List.of(new Candidates.Part(settled, fit), new Candidates.Part(recent, recent.fitting(offer))));
    }

    /** All of them. */
    public List<OpenQueue> all() {
        List<OpenQueue> all = new ArrayList<>(settled.without(gone));
        all.addAll(recent.without(new BitSet()));
        return all;
    }

    int size() {
        return settled.size() - gone.cardinality() + recent.size();
    }
}
