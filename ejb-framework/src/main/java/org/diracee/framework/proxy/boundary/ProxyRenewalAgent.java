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
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.configuration.Configuration;

/**
 * Deletes uploads that nobody finished, proxies and VOMS attributes that are over, warns of the proxies that end soon, and obtains
 * attributes anew that are in use.
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
    private VomsRecords attributes;
    private VomsRenewal renewal;
    private ConfigurationService configuration;

    protected ProxyRenewalAgent() {} // for the container's proxy

    @Inject
    public ProxyRenewalAgent(
            ProxyRecords records, VomsRecords attributes, VomsRenewal renewal, ConfigurationService configuration) {
        this.records = records;
        this.attributes = attributes;
        this.renewal = renewal;
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
    @OpenAccess("deletes only what counts no more, and asks for what is in use")
    public CycleReport runCycle() {
        int done = records.warn(new ProxySettings(configuration.current()).expiryWarnings());
        for (IntUnaryOperator step :
                List.<IntUnaryOperator>of(records::forgetRequests, records::forgetProxies, attributes::forget)) {
            int last = BATCH;
            for (int batch = 0; batch < BATCHES && last == BATCH; batch++) {
                last = step.applyAsInt(BATCH);
                done += last;
            }
        }
        CycleReport renewed = renewal.renew(new Caller.System(name()), BATCH);
        return new CycleReport(done + renewed.taken(), done + renewed.done(), renewed.failed());
    }
}
