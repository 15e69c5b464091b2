/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.boundary;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
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
import org.diracee.wms.sandbox.control.SandboxSettings;

/** Runs the cleaning of sandboxes from time to time. */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SandboxCleaningAgent extends Agent {

    private SandboxCleaning cleaning;
    private SandboxSettings settings;

    protected SandboxCleaningAgent() {} // for the container's proxy

    @Inject
    public SandboxCleaningAgent(SandboxCleaning cleaning, SandboxSettings settings) {
        this.cleaning = cleaning;
        this.settings = settings;
    }

    @Override
    @OpenAccess("a constant")
    public String name() {
        return "SandboxCleaningAgent";
    }

    @Override
    @OpenAccess("read by the agent's timer")
    public Duration period(Configuration configuration) {
        return settings.cleaningPeriod(configuration);
    }

    @Override
    @OpenAccess("called by the agent's timer or by a service that has checked its caller")
    public CycleReport runCycle() {
        return cleaning.clean(caller());
    }
}
