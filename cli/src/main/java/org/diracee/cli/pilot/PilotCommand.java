/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.pilot;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group of commands on pilots. */
@Command(
        name = "pilot",
        description = "See and end the pilots that run jobs.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ListPilots.class,
            ShowPilot.class,
            SummarizePilots.class,
            ShowPilotLogs.class,
            ShowPilotOutput.class,
            WatchPilots.class,
            KillPilots.class
        })
public final class PilotCommand implements Runnable {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command on pilots is needed.");
    }
}
