/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import org.diracee.wms.pilot.boundary.PilotEnded;

/** Hears that a pilot has ended and has its jobs looked after at once; {@link StalledJobAgent} would do it later. */
@ApplicationScoped
public class PilotNews {

    private OrphanedJobs orphans;

    protected PilotNews() {} // for the container's proxy

    @Inject
    public PilotNews(OrphanedJobs orphans) {
        this.orphans = orphans;
    }

    void ended(@Observes(during = TransactionPhase.AFTER_SUCCESS) PilotEnded pilot) {
        orphans.recover(pilot.stamp());
    }
}
