/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.boundary;

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
import org.diracee.wms.taskqueue.control.ShareSettings;

/** Gives queues that are new or open again their priority within seconds, so that who submits need not wait for it. */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class QueuePriorityAgent extends Agent {

    private static final int BATCH = 10_000;

    private QueuePriorities priorities;

    protected QueuePriorityAgent() {} // for the container's proxy

    @Inject
    public QueuePriorityAgent(QueuePriorities priorities) {
        this.priorities = priorities;
    }

    @Override
    public String name() {
        return "QueuePriorityAgent";
    }

    @Override
    public Duration period(Configuration configuration) {
        return new ShareSettings(configuration).pollingTime();
    }

    @Override
    @OpenAccess("called by the timer; acts as the agent")
    public CycleReport runCycle() {
        int changed = priorities.recomputeDue(caller(), BATCH);
        return new CycleReport(changed, changed, 0);
    }
}
