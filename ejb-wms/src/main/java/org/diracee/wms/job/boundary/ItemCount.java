/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import static org.diracee.wms.log.boundary.WmsLog.LOG;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.diracee.framework.agent.boundary.CycleReport;
import org.diracee.kernel.access.OpenAccess;

/** Works through the items of an agent's cycle, each for itself: one that fails is counted and logged, the rest go on. */
public final class ItemCount {

    private static final String COUNTS_ONLY = "it does what its agent gives it";

    private final String agent;
    private int taken;
    private int done;
    private int failed;

    public ItemCount(String agent) {
        this.agent = agent;
    }

    /** @param work tells whether there was something to do still */
    @OpenAccess(COUNTS_ONLY)
    public <T> void each(Collection<T> items, Predicate<T> work) {
        for (T item : items) {
            taken++;
            try {
                done += work.test(item) ? 1 : 0;
            } catch (RuntimeException failure) {
                failed++;
                LOG.itemFailed(agent, String.valueOf(item), failure);
            }
        }
    }

    /**
     * Works through a portion at once, and item by item if that fails.
     *
     * @param work tells how many items there was something to do for still
     * @return how many that were
     */
    @OpenAccess(COUNTS_ONLY)
    public <T> int together(List<T> portion, ToIntFunction<List<T>> work) {
        int before = done;
        try {
            done += portion.isEmpty() ? 0 : work.applyAsInt(portion);
            taken += portion.size();
        } catch (RuntimeException failure) {
            LOG.debugf(failure, "agent %s: a portion of %d failed, now one by one", agent, portion.size());
            each(portion, item -> work.applyAsInt(List.of(item)) > 0);
        }
        return done - before;
    }

    @OpenAccess(COUNTS_ONLY)
    public CycleReport report() {
        return new CycleReport(taken, done, failed);
    }
}
