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

/** Has the partitions of the coming months ready before anything is written to them, and drops those kept for long enough. */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PartitionAgent extends Agent {

    private static final int MONTHS = 3;

    private JobPartitions partitions;

    protected PartitionAgent() {} // for the container's proxy

    @Inject
    public PartitionAgent(JobPartitions partitions) {
        this.partitions = partitions;
    }

    @Override
    public String name() {
        return "PartitionAgent";
    }

    @Override
    public Duration period(Configuration configuration) {
        return new JobSettings(configuration).partitionAgentPollingTime();
    }

    @Override
    @OpenAccess("called by the timer; acts as the agent")
    public CycleReport runCycle() {
        partitions.ensureMonths(caller(), MONTHS);
        int dropped = partitions.dropOld(caller());
        return new CycleReport(dropped, dropped, 0);
    }
}
