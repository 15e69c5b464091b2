/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.boundary;

import static org.diracee.wms.log.boundary.WmsLog.LOG;

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
import org.diracee.kernel.value.VoName;
import org.diracee.wms.taskqueue.control.TaskQueueSettings;

/** Closes task queues in which nothing waits, so that matching passes them over, and gives the others the priority that is due to them. */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TaskQueuesAgent extends Agent {

    private static final int BATCH = 1_000;

    private TaskQueues queues;
    private QueuePriorities priorities;

    protected TaskQueuesAgent() {} // for the container's proxy

    @Inject
    public TaskQueuesAgent(TaskQueues queues, QueuePriorities priorities) {
        this.queues = queues;
        this.priorities = priorities;
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
        int done = 0;
        int closed;
        do {
            closed = queues.closeIdle(caller(), BATCH);
            done += closed;
        } while (closed == BATCH);
        int failed = 0;
        for (VoName vo : priorities.vos(caller())) {
            try {
                done += priorities.recompute(caller(), vo);
            } catch (RuntimeException failure) {
                LOG.itemFailed(name(), "the priorities of the queues of " + vo, failure);
                failed++;
            }
        }
        return new CycleReport(done + failed, done, failed);
    }
}
