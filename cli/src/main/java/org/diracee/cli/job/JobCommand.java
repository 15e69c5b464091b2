/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.job;

import org.diracee.cli.CommandGroup;
import picocli.CommandLine.Command;

/** The group of commands on jobs. */
@Command(
        name = "job",
        description = "Submit jobs, follow them, fetch their results.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            SubmitJobs.class,
            ListJobs.class,
            ShowJob.class,
            ExplainJob.class,
            ShowLog.class,
            PeekJob.class,
            ShowDescription.class,
            WaitForJobs.class,
            WatchJobs.class,
            FetchOutput.class,
            KillJobs.class,
            DeleteJobs.class,
            RescheduleJobs.class,
            RetryJobs.class,
            PrioritiseJobs.class
        })
public final class JobCommand extends CommandGroup {

    public JobCommand() {
        super("A command on jobs is needed.");
    }
}
