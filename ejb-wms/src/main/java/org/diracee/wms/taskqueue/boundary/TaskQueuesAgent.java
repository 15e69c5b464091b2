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
import org.diracee.wms.taskqueue.control.TaskQueueSettings;

/** Closes task queues in which nothing waits, so that matching passes them over. */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TaskQueuesAgent extends Agent {

    private static final int BATCH = 1_000;

    private TaskQueues queues;

    protected TaskQueuesAgent() {} // for the container's proxy

    @Inject
    public TaskQueuesAgent(TaskQueues queues) {
        this.queues = queues;
    }

    @Override
    public String name() {
        return "TaskQueuesAgent";
    }

    @Override
    public Duration period(Configuration configuration) {
        return new TaskQueueSettings(configuration).pollingTime();
    }

    @Override
    @OpenAccess("called by the timer; acts as the agent")
    public CycleReport runCycle() {
        int closed = 0;
        int now;
        do {
            now = queues.closeIdle(caller(), BATCH);
            closed += now;
        } while (now == BATCH);
        return new CycleReport(closed, closed, 0);
    }
}
