/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.cleaning.boundary;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import org.diracee.framework.agent.boundary.Agent;
import org.diracee.framework.agent.boundary.CycleReport;
import org.diracee.framework.audit.boundary.AuditRecords;
import org.diracee.framework.cleaning.control.AuditSettings;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.configuration.Configuration;

/** Has the coming months of the audit log ready, and drops those that are older than the retention. */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AuditAgent extends Agent {

    private static final int MONTHS = 3;

    private AuditRecords records;
    private ConfigurationService configuration;

    protected AuditAgent() {} // for the container's proxy

    @Inject
    public AuditAgent(AuditRecords records, ConfigurationService configuration) {
        this.records = records;
        this.configuration = configuration;
    }

    @Override
    @OpenAccess("a constant")
    public String name() {
        return "AuditAgent";
    }

    @Override
    @OpenAccess("a setting")
    public Duration period(Configuration current) {
        return new AuditSettings(current).pollingTime();
    }

    @Override
    @OpenAccess("drops only what is older than the retention")
    public CycleReport runCycle() {
        int dropped = records.dropOlderThan(new AuditSettings(configuration.current()).retention());
        int failed = 0;
        for (int ahead = 0; ahead < MONTHS; ahead++) {
            failed += ensured(ahead) ? 0 : 1;
        }
        return new CycleReport(dropped, dropped, failed);
    }

    /** One month's failure leaves the others. */
    private boolean ensured(int ahead) {
        try {
            records.ensureMonth(ahead);
            return true;
        } catch (RuntimeException failed) {
            LOG.auditMonthFailed(ahead == 0 ? "that is" : "in " + ahead + " months", failed);
            return false;
        }
    }
}
