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
import org.diracee.kernel.value.JobStatus;
import org.diracee.wms.job.control.JobSettings;
import org.diracee.wms.job.control.Silence;

/**
 * Finds jobs that died without a word: those of ended pilots fail at once, silent ones become Stalled and later Failed.
 *
 * @see "WMS reference 14, StalledJobAgent"
 */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class StalledJobAgent extends Agent {

    private static final int BATCH = 1_000;

    private JobRecovery recovery;

    protected StalledJobAgent() {} // for the container's proxy

    @Inject
    public StalledJobAgent(JobRecovery recovery) {
        this.recovery = recovery;
    }

    @Override
    public String name() {
        return "StalledJobAgent";
    }

    @Override
    public Duration period(Configuration configuration) {
        return new JobSettings(configuration).stalledJobAgentPollingTime();
    }

    @Override
    @OpenAccess("called by the timer; acts as the agent")
    public CycleReport runCycle() {
        JobSettings settings = recovery.settings(caller());
        Silence stalled = settings.stalledAfter();
        Silence failed = settings.failedAfter();
        Silence rescheduled = settings.rescheduledAfter();
        ItemCount count = new ItemCount(name());
        count.each(recovery.heldByEndedPilots(caller(), BATCH), held -> recovery.pilotEnded(caller(), held));
        count.each(
                recovery.silent(caller(), JobStatus.STALLED, failed, BATCH),
                id -> recovery.giveUp(caller(), id, failed));
        count.each(
                recovery.silent(caller(), JobStatus.RUNNING, stalled, BATCH),
                id -> recovery.stall(caller(), id, stalled));
        count.each(
                recovery.silent(caller(), JobStatus.COMPLETING, stalled, BATCH),
                id -> recovery.stall(caller(), id, stalled));
        count.each(
                recovery.silent(caller(), JobStatus.RESCHEDULED, rescheduled, BATCH),
                id -> recovery.goOn(caller(), id));
        return count.report();
    }
}
