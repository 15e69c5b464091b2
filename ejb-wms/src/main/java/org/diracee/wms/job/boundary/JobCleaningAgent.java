/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.function.ToIntFunction;
import org.diracee.framework.agent.boundary.Agent;
import org.diracee.framework.agent.boundary.CycleReport;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.wms.job.control.JobCleaningSettings;

/**
 * Deletes jobs that ended long ago and erases those that are deleted, portion by portion until nothing is left to do or a
 * cycle has done enough.
 *
 * @see "WMS reference 14, JobCleaningAgent"
 */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class JobCleaningAgent extends Agent {

    /** Bounds a cycle; what is left is done in the next one. */
    private static final int PORTIONS = 1_000;

    private static final List<JobStatus> DELETED_IN_TIME = List.of(JobStatus.DONE, JobStatus.FAILED, JobStatus.KILLED);

    private JobCleaning cleaning;

    protected JobCleaningAgent() {} // for the container's proxy

    @Inject
    public JobCleaningAgent(JobCleaning cleaning) {
        this.cleaning = cleaning;
    }

    @Override
    public String name() {
        return "JobCleaningAgent";
    }

    @Override
    public Duration period(Configuration configuration) {
        return new JobCleaningSettings(configuration).pollingTime();
    }

    @Override
    @OpenAccess("called by the timer; acts as the agent")
    public CycleReport runCycle() {
        ItemCount count = new ItemCount(name());
        portions(count, JobStatus.DELETED, ids -> cleaning.erase(caller(), ids));
        for (JobStatus status : DELETED_IN_TIME) {
            portions(count, status, ids -> cleaning.delete(caller(), ids));
        }
        return count.report();
    }

    private void portions(ItemCount count, JobStatus status, ToIntFunction<List<JobId>> work) {
        for (int portion = 0; portion < PORTIONS; portion++) {
            List<JobId> ids = cleaning.overdue(caller(), status);
            if (count.together(ids, work) == 0) {
                return;
            }
        }
    }
}
