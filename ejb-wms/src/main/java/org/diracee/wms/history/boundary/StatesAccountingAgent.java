/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.history.boundary;

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
import org.diracee.wms.history.control.HistorySettings;

/** Counts the jobs and pilots every minute for the history, and makes hours of old minutes. */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class StatesAccountingAgent extends Agent {

    /** Hours in one cycle, so that the next minute is not missed. */
    private static final int HOURS = 10;

    private JobSnapshots snapshots;

    protected StatesAccountingAgent() {} // for the container's proxy

    @Inject
    public StatesAccountingAgent(JobSnapshots snapshots) {
        this.snapshots = snapshots;
    }

    @Override
    public String name() {
        return "StatesAccountingAgent";
    }

    @Override
    public Duration period(Configuration configuration) {
        return new HistorySettings(configuration).pollingTime();
    }

    @Override
    @OpenAccess("called by the timer; acts as the agent")
    public CycleReport runCycle() {
        int done = snapshots.take(caller());
        for (int hour = 0; hour < HOURS && snapshots.coarsen(caller()); hour++) {
            done++;
        }
        return new CycleReport(done, done, 0);
    }
}
