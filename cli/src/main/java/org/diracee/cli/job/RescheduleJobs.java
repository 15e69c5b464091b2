/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.job;

import java.util.List;
import org.diracee.cli.Surroundings;
import org.diracee.client.Jobs;
import org.diracee.client.wire.BulkAnswer;
import picocli.CommandLine.Command;

/** Starts jobs anew. */
@Command(name = "reschedule", description = "Start jobs anew.")
public final class RescheduleJobs extends JobChange {

    public RescheduleJobs(Surroundings surroundings) {
        super(surroundings, "reschedule", "rescheduled");
    }

    @Override
    BulkAnswer<?> change(Jobs jobs, List<Long> jobIds, String source) {
        return jobs.reschedule(jobIds);
    }
}
