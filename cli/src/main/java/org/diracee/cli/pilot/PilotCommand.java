/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.pilot;

import org.diracee.cli.CommandGroup;
import picocli.CommandLine.Command;

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
public final class PilotCommand extends CommandGroup {

    public PilotCommand() {
        super("A command on pilots is needed.");
    }
}
