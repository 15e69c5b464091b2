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

/** Deletes jobs. */
@Command(name = "delete", description = "Delete jobs; kill running ones before.")
public final class DeleteJobs extends JobChange {

    public DeleteJobs(Surroundings surroundings) {
        super(surroundings, "delete", "deleted");
    }

    @Override
    BulkAnswer<?> change(Jobs jobs, List<Long> jobIds, String source) {
        return jobs.delete(jobIds, source);
    }
}
