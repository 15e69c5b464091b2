/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.job;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
public final class JobCommand implements Runnable {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command on jobs is needed.");
    }
}
