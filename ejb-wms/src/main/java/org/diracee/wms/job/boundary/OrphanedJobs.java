/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import jakarta.ejb.Asynchronous;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.value.PilotStamp;

/** Looks after the jobs of one ended pilot, each in its own transaction and none in that of the caller. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class OrphanedJobs {

    private static final Caller SELF = new Caller.System("StalledJobAgent");

    private JobRecovery recovery;

    protected OrphanedJobs() {} // for the container's proxy

    @Inject
    public OrphanedJobs(JobRecovery recovery) {
        this.recovery = recovery;
    }

    /** Begins in the background: the transaction that brought the news is over, but its thread is not free of it yet. */
    @Asynchronous
    @OpenAccess("called on news of this module; acts as the agent")
    public void recover(PilotStamp pilot) {
        ItemCount count = new ItemCount("StalledJobAgent");
        count.each(recovery.heldBy(SELF, pilot), held -> recovery.pilotEnded(SELF, held));
    }
}
