/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.operation.boundary;

import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.diracee.framework.agent.boundary.Agent;
import org.diracee.framework.agent.boundary.CycleReport;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.wms.operation.control.OperationSettings;

/** Works on operations, portion by portion and one after the other in turn, and rests in between. */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class OperationAgent extends Agent {

    /** Bounds a cycle; what is left is done in the next one. */
    private static final int PORTIONS = 1_000;

    private static final int FORGOTTEN_AT_ONCE = 100;

    private OperationPortions portions;

    protected OperationAgent() {} // for the container's proxy

    @Inject
    public OperationAgent(OperationPortions portions) {
        this.portions = portions;
    }

    @Override
    public String name() {
        return "OperationAgent";
    }

    @Override
    public Duration period(Configuration configuration) {
        return new OperationSettings(configuration).pollingTime();
    }

    @Override
    @OpenAccess("called by the timer; acts as the agent")
    public CycleReport runCycle() {
        int taken = 0;
        int failed = 0;
        for (int portion = 0; portion < PORTIONS; portion++) {
            Optional<Long> next = portions.next(caller());
            if (next.isEmpty() || (taken + failed > 0 && !rested())) {
                break;
            }
            try {
                portions.advance(caller(), next.get());
                taken++;
            } catch (RuntimeException failure) {
                portions.failed(caller(), next.get(), failure);
                failed++;
            }
        }
        portions.forgetOld(caller(), FORGOTTEN_AT_ONCE);
        return new CycleReport(taken + failed, taken, failed);
    }

    /** False if the server is about to stop. */
    private boolean rested() {
        try {
            Thread.sleep(portions.settings(caller()).rest().toMillis());
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
