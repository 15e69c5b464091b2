/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import org.diracee.framework.agent.boundary.Agent;
import org.diracee.framework.agent.boundary.CycleReport;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.wms.job.control.JobSettings;

/** Folds what transactions have added to the job counters. */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class CounterAgent extends Agent {

    private static final int BATCH = 10_000;
    private static final int BATCHES = 100;

    private JobCounters counters;

    protected CounterAgent() {} // for the container's proxy

    @Inject
    public CounterAgent(JobCounters counters) {
        this.counters = counters;
    }

    @Override
    public String name() {
        return "CounterAgent";
    }

    @Override
    public Duration period(Configuration configuration) {
        return new JobSettings(configuration).counterAgentPollingTime();
    }

    @Override
    @OpenAccess("called by the timer; acts as the agent")
    public CycleReport runCycle() {
        int folded = 0;
        for (int batch = 0; batch < BATCHES; batch++) {
            int now = counters.fold(caller(), BATCH);
            folded += now;
            if (now < BATCH) {
                break;
            }
        }
        if (folded > 0) {
            counters.removeEmpty(caller());
        }
        return new CycleReport(folded, folded, 0);
    }
}
