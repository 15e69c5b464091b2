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

/** Stops jobs. */
@Command(name = "kill", description = "Stop jobs; what a running one has written so far is lost.")
public final class KillJobs extends JobChange {

    public KillJobs(Surroundings surroundings) {
        super(surroundings, "kill", "killed");
    }

    @Override
    BulkAnswer<?> change(Jobs jobs, List<Long> jobIds, String source) {
        return jobs.kill(jobIds, source);
    }
}
