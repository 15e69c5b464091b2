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

/** Sends back jobs that a pilot got and did not start in time. */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class MatchedLeaseAgent extends Agent {

    private static final int BATCH = 1_000;

    private JobRecovery recovery;

    protected MatchedLeaseAgent() {} // for the container's proxy

    @Inject
    public MatchedLeaseAgent(JobRecovery recovery) {
        this.recovery = recovery;
    }

    @Override
    public String name() {
        return "MatchedLeaseAgent";
    }

    @Override
    public Duration period(Configuration configuration) {
        return new JobSettings(configuration).matchedLeaseAgentPollingTime();
    }

    @Override
    @OpenAccess("called by the timer; acts as the agent")
    public CycleReport runCycle() {
        ItemCount count = new ItemCount(name());
        count.each(recovery.leasesOver(caller(), BATCH), id -> recovery.takeBack(caller(), id));
        return count.report();
    }
}
