/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.boundary;

import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import org.diracee.dms.log.boundary.DmsLog;
import org.diracee.dms.storage.control.OwnStorage;
import org.diracee.dms.storage.control.StorageDefinition;
import org.diracee.dms.storage.control.StorageDefinitions;
import org.diracee.dms.storage.control.StorageEndpoint;
import org.diracee.dms.storage.control.StorageProtocols;
import org.diracee.framework.agent.boundary.Agent;
import org.diracee.framework.agent.boundary.CycleReport;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.configuration.Configuration;

/** Removes what transfers to our own storage elements have left that nobody goes on with, and counts again what is used there. */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class StorageCleaningAgent extends Agent {

    private static final int BATCH = 10_000;

    private StorageProtocols protocols;
    private ConfigurationService configuration;
    private Clock clock;

    protected StorageCleaningAgent() {} // for the container's proxy

    @Inject
    public StorageCleaningAgent(StorageProtocols protocols, ConfigurationService configuration, Clock clock) {
        this.protocols = protocols;
        this.configuration = configuration;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "StorageCleaningAgent";
    }

    @Override
    public Duration period(Configuration snapshot) {
        return new StorageDefinitions(snapshot).cleaningPeriod();
    }

    @Override
    @OpenAccess("called by the timer; acts as the agent")
    public CycleReport runCycle() {
        StorageDefinitions definitions = new StorageDefinitions(configuration.current());
        int done = 0;
        int failed = 0;
        for (StorageDefinition definition : definitions.all()) {
            for (StorageEndpoint endpoint : definition.endpoints()) {
                if (protocols.find(endpoint).orElse(null) instanceof OwnStorage own) {
                    if (clean(own, endpoint, definitions.keptUnfinished())) {
                        done++;
                    } else {
                        failed++;
                    }
                }
            }
        }
        return new CycleReport(done + failed, done, failed);
    }

    private boolean clean(OwnStorage own, StorageEndpoint endpoint, Duration kept) {
        try {
            int removed = own.removeLeftovers(endpoint, clock.instant().minus(kept), BATCH);
            if (removed > 0) {
                DmsLog.LOG.leftoversCleaned(removed, endpoint.se().text());
            }
            own.recount(endpoint);
            return true;
        } catch (RuntimeException failure) {
            DmsLog.LOG.leftoversNotCleaned(endpoint.se().text(), failure);
            return false;
        }
    }
}
