/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.boundary;

import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import org.diracee.dms.catalog.control.CatalogSettings;
import org.diracee.framework.agent.boundary.Agent;
import org.diracee.framework.agent.boundary.CycleReport;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.configuration.Configuration;

/** Folds what transactions have added to the usage of catalogues. */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class CatalogUsageAgent extends Agent {

    private static final int BATCH = 10_000;
    private static final int BATCHES = 100;

    private CatalogUsage usage;

    protected CatalogUsageAgent() {} // for the container's proxy

    @Inject
    public CatalogUsageAgent(CatalogUsage usage) {
        this.usage = usage;
    }

    @Override
    public String name() {
        return "CatalogUsageAgent";
    }

    @Override
    public Duration period(Configuration configuration) {
        return new CatalogSettings(configuration).usageAgentPollingTime();
    }

    @Override
    @OpenAccess("called by the timer; acts as the agent")
    public CycleReport runCycle() {
        int folded = 0;
        for (int batch = 0; batch < BATCHES; batch++) {
            int now = usage.fold(caller(), BATCH);
            folded += now;
            if (now < BATCH) {
                break;
            }
        }
        return new CycleReport(folded, folded, 0);
    }
}
