/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.wms.job.entity.CounterRepository;

/** Keeps the counters of jobs short. */
@Stateless
public class JobCounters {

    private CounterRepository counters;

    protected JobCounters() {} // for the container's proxy

    @Inject
    public JobCounters(CounterRepository counters) {
        this.counters = counters;
    }

    /** Folds at most this many deltas into the totals; tells how many. */
    @Requires(callers = CallerKind.SYSTEM)
    public int fold(Caller caller, int limit) {
        return counters.fold(limit);
    }

    /** Removes counters that count nothing. */
    @Requires(callers = CallerKind.SYSTEM)
    public int removeEmpty(Caller caller) {
        return counters.removeEmpty();
    }
}
