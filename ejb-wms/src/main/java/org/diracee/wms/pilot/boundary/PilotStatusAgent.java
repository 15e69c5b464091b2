/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.function.ToIntFunction;
import org.diracee.framework.agent.boundary.Agent;
import org.diracee.framework.agent.boundary.CycleReport;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.wms.pilot.control.PilotStatusSettings;

/**
 * Gives up silent pilots, has ended ones accounted and clears old ones, portion by portion until nothing is left to do or a cycle
 * has done enough.
 *
 * @see "WMS reference 11.5"
 */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PilotStatusAgent extends Agent {

    /** Bounds a cycle; what is left is done in the next one. */
    private static final int PORTIONS = 200;

    private PilotCleaning cleaning;

    protected PilotStatusAgent() {} // for the container's proxy

    @Inject
    public PilotStatusAgent(PilotCleaning cleaning) {
        this.cleaning = cleaning;
    }

    @Override
    public String name() {
        return "PilotStatusAgent";
    }

    @Override
    public Duration period(Configuration configuration) {
        return new PilotStatusSettings(configuration).pollingTime();
    }

    @Override
    @OpenAccess("called by the timer; acts as the agent")
    public CycleReport runCycle() {
        int done = portions(cleaning::giveUp) + portions(cleaning::account) + portions(cleaning::clear);
        return new CycleReport(done, done, 0);
    }

    private int portions(ToIntFunction<Caller> work) {
        int done = 0;
        for (int portion = 0; portion < PORTIONS; portion++) {
            int some = work.applyAsInt(caller());
            done += some;
            if (some == 0) {
                break;
            }
        }
        return done;
    }
}
