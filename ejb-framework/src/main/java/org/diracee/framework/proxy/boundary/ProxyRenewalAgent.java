/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.proxy.boundary;

import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.diracee.framework.agent.boundary.Agent;
import org.diracee.framework.agent.boundary.CycleReport;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.proxy.control.ProxySettings;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.configuration.Configuration;

/**
 * Deletes uploads that nobody finished and proxies that are over, and warns of those that end soon.
 *
 * @see "Framework reference 3.3"
 */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ProxyRenewalAgent extends Agent {

    private static final int BATCH = 1_000;
    private static final int BATCHES = 100;

    private ProxyRecords records;
    private ConfigurationService configuration;

    protected ProxyRenewalAgent() {} // for the container's proxy

    @Inject
    public ProxyRenewalAgent(ProxyRecords records, ConfigurationService configuration) {
        this.records = records;
        this.configuration = configuration;
    }

    @Override
    @OpenAccess("a constant")
    public String name() {
        return "ProxyRenewalAgent";
    }

    @Override
    @OpenAccess("a setting")
    public Duration period(Configuration now) {
        return new ProxySettings(now).pollingTime();
    }

    @Override
    @OpenAccess("deletes only what counts no more")
    public CycleReport runCycle() {
        int done = records.warn(new ProxySettings(configuration.current()).expiryWarnings());
        for (IntUnaryOperator step : List.<IntUnaryOperator>of(records::forgetRequests, records::forgetProxies)) {
            int last = BATCH;
            for (int batch = 0; batch < BATCHES && last == BATCH; batch++) {
                last = step.applyAsInt(BATCH);
                done += last;
            }
        }
        return new CycleReport(done, done, 0);
    }
}
