/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.data.boundary;

import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import org.diracee.dms.data.control.DataJournal;
import org.diracee.dms.data.control.DataSettings;
import org.diracee.dms.data.entity.DataOperationRepository;
import org.diracee.framework.agent.boundary.Agent;
import org.diracee.framework.agent.boundary.CycleReport;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.configuration.Configuration;

/** Forgets operations on data that ended long ago. */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DataOperationAgent extends Agent {

    private static final int BATCH = 1_000;
    private static final int BATCHES = 100;

    private DataJournal journal;
    private DataOperationRepository operations;

    protected DataOperationAgent() {} // for the container's proxy

    @Inject
    public DataOperationAgent(DataJournal journal, DataOperationRepository operations) {
        this.journal = journal;
        this.operations = operations;
    }

    @Override
    @OpenAccess("a constant")
    public String name() {
        return "DataOperationAgent";
    }

    @Override
    @OpenAccess("a setting")
    public Duration period(Configuration configuration) {
        return new DataSettings(configuration).pollingTime();
    }

    @Override
    @OpenAccess("called by the timer; acts as the agent")
    public CycleReport runCycle() {
        int forgotten = 0;
        for (int batch = 0; batch < BATCHES; batch++) {
            int now = journal.in(
                    () -> operations.forget(journal.now(), journal.settings().retention(), BATCH));
            forgotten += now;
            if (now < BATCH) {
                break;
            }
        }
        return new CycleReport(forgotten, forgotten, 0);
    }
}
